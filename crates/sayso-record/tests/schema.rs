//! The JSON Schemas in `docs/schema` are generated from the types; this keeps them so.
//! `SAYSO_BLESS=1 cargo test -p sayso-record --test schema` writes them anew.

use std::path::Path;

fn check(name: &str, schema: &schemars::Schema) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/schema").join(name);
    let generated = serde_json::to_string_pretty(schema).expect("a schema is JSON") + "\n";
    if std::env::var_os("SAYSO_BLESS").is_some() {
        std::fs::write(&path, &generated).expect("docs/schema can be written");
    }
    let kept = std::fs::read_to_string(&path).expect("the schema is kept in docs/schema");
    assert_eq!(kept, generated, "docs/schema/{name} is not what the types say; SAYSO_BLESS=1 renews it");
}

#[test]
fn the_schemas_are_those_of_the_types() {
    check("coding.schema.json", &sayso_record::coding_schema());
    check("article.schema.json", &sayso_record::article_schema());
}

#[test]
fn the_coding_schema_names_every_field_of_the_contract() {
    let schema = serde_json::to_value(sayso_record::coding_schema()).expect("JSON");
    let fields: Vec<&str> =
        schema["properties"].as_object().expect("an object").keys().map(String::as_str).collect();
    for field in ["sayso", "id", "text", "sentences", "attributions", "actors", "places", "dates", "events"] {
        assert!(fields.contains(&field), "{field} is missing from {fields:?}");
    }
}
