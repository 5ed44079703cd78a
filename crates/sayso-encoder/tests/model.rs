//! The whole model against a plain reading of its definition, and kernel against kernel.

mod random_model;

use std::ops::Range;

use random_model::{Random, RandomModel, Sizes, Tensor};
use sayso_encoder::heads::bucket;
use sayso_encoder::kernel::Kernel;
use sayso_encoder::{Anchor, Model, Stack, Table, WeightsError, Window};

/// The definition, one number at a time, in f64 except where it says eight bits.
struct Naive<'m>(&'m RandomModel);

type Row = Vec<f64>;

/// erf by its series; good to 1e-9 within ±5.
fn erf(x: f64) -> f64 {
    if x.abs() > 5.0 {
        return x.signum();
    }
    let (mut term, mut sum) = (x, x);
    for n in 1..200 {
        term *= -x * x / f64::from(n);
        sum += term / f64::from(2 * n + 1);
    }
    sum * 2.0 / std::f64::consts::PI.sqrt()
}

fn gelu(row: Row) -> Row {
    row.into_iter().map(|x| 0.5 * x * (1.0 + erf(x / 2.0_f64.sqrt()))).collect()
}

fn add(a: &[f64], b: &[f64]) -> Row {
    a.iter().zip(b).map(|(a, b)| a + b).collect()
}

fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

impl Naive<'_> {
    fn floats(&self, name: &str) -> Row {
        match &self.0.tensors[name] {
            Tensor::Floats(_, values) => values.iter().map(|&x| f64::from(x)).collect(),
            Tensor::Bytes(..) => panic!("{name} holds bytes"),
        }
    }

    fn row(&self, name: &str, row: usize, width: usize) -> Row {
        self.floats(name)[row * width..][..width].to_vec()
    }

    fn linear(&self, name: &str, x: &[f64]) -> Row {
        let Tensor::Bytes(_, weight) = &self.0.tensors[&format!("{name}.weight")] else { panic!("{name}") };
        let (scale, bias) = (self.floats(&format!("{name}.scale")), self.floats(&format!("{name}.bias")));
        let greatest = x.iter().fold(0.0_f64, |a, b| a.max(b.abs()));
        let quantised: Vec<i32> = x
            .iter()
            .map(|x| if greatest > 0.0 { (x * 127.0 / greatest).round_ties_even() as i32 } else { 0 })
            .collect();
        let rows = weight.chunks_exact(x.len()).zip(scale.iter().zip(&bias));
        rows.map(|(row, (scale, bias))| {
            let sum: i32 = row.iter().zip(&quantised).map(|(&w, q)| i32::from(w) * q).sum();
            f64::from(sum) * (greatest / 127.0) * scale + bias
        })
        .collect()
    }

    fn norm(&self, name: &str, x: &[f64]) -> Row {
        let mean = x.iter().sum::<f64>() / x.len() as f64;
        let variance = x.iter().map(|x| (x - mean).powi(2)).sum::<f64>() / x.len() as f64;
        let (weight, bias) = (self.floats(&format!("{name}.weight")), self.floats(&format!("{name}.bias")));
        x.iter()
            .zip(weight.iter().zip(&bias))
            .map(|(x, (w, b))| (x - mean) / (variance + 1e-12).sqrt() * w + b)
            .collect()
    }

    fn layer(&self, name: &str, x: &mut [Row]) {
        let width = x[0].len();
        let qkv: Vec<Row> = x.iter().map(|x| self.linear(&format!("{name}.qkv"), x)).collect();
        for (i, x) in x.iter_mut().enumerate() {
            let mut mixed = vec![0.0; width];
            for head in (0..width).step_by(32) {
                let part = |row: usize, part: usize| &qkv[row][part * width + head..][..32];
                let scores: Row =
                    (0..qkv.len()).map(|j| (dot(part(i, 0), part(j, 1)) / 32.0_f64.sqrt()).exp()).collect();
                let sum: f64 = scores.iter().sum();
                for (j, score) in scores.iter().enumerate() {
                    for (mixed, value) in mixed[head..head + 32].iter_mut().zip(part(j, 2)) {
                        *mixed += score / sum * value;
                    }
                }
            }
            *x = self.norm(&format!("{name}.norm1"), &add(x, &self.linear(&format!("{name}.out"), &mixed)));
            let wide = gelu(self.linear(&format!("{name}.up"), x));
            *x = self.norm(&format!("{name}.norm2"), &add(x, &self.linear(&format!("{name}.down"), &wide)));
        }
    }

    fn encode(&self, window: &Window) -> Vec<Row> {
        let width = self.0.sizes.width;
        let Tensor::Bytes(_, words) = &self.0.tensors["word"] else { panic!("word") };
        let scale = self.floats("word.scale");
        let mut x: Vec<Row> = (0..window.pieces.len())
            .map(|i| {
                let piece = usize::from(window.pieces[i]);
                let word: Row =
                    words[piece * width..][..width].iter().map(|&w| f64::from(w) * scale[piece]).collect();
                let case = self.row("case", usize::from(window.cases[i]), width);
                self.norm("embed_norm", &add(&add(&word, &self.row("position", i, width)), &case))
            })
            .collect();
        for l in 0..self.0.sizes.layers {
            self.layer(&format!("layer.{l}"), &mut x);
        }
        x
    }

    fn stack(&self, name: &str, words: &[Row], anchor: &Anchor) -> (Vec<Row>, Row, Vec<Row>) {
        let width = self.0.sizes.stack;
        let first = anchor.words.start;
        let mut x: Vec<Row> = anchor
            .context
            .clone()
            .map(|i| {
                let mut x = self.linear(&format!("{name}.proj"), &words[i]);
                x = add(&x, &self.row(&format!("{name}.kind"), anchor.kind, width));
                let inside = usize::from(anchor.words.contains(&i));
                x = add(&x, &self.row(&format!("{name}.inside"), inside, width));
                x = add(&x, &self.row(&format!("{name}.dist"), bucket(i as isize - first as isize), width));
                self.norm(&format!("{name}.norm"), &x)
            })
            .collect();
        for l in 0..2 {
            self.layer(&format!("{name}.layer.{l}"), &mut x);
        }
        let ends = [&words[first][..], &x[first - anchor.context.start]].concat();
        let out = self.linear(&format!("{name}.out"), &gelu(self.linear(&format!("{name}.hidden"), &ends)));
        let roles = x.iter().map(|x| self.linear(&format!("{name}.roles"), x)).collect();
        let of =
            if name == "event" { x.iter().map(|x| self.linear("event.of", x)).collect() } else { Vec::new() };
        (roles, out, of)
    }
}

fn rows(table: &Table) -> Vec<Row> {
    table.rows().map(|row| row.iter().map(|&x| f64::from(x)).collect()).collect()
}

/// Close on the whole: a number that falls on the other side of a rounding step moves what depends on it by part of
/// a step of an eighth bit.
fn assert_close(what: &str, got: &[Row], expected: &[Row]) {
    let (got, expected) = (got.concat(), expected.concat());
    assert_eq!(got.len(), expected.len(), "{what}");
    let norm = |x: &[f64]| (dot(x, x) / x.len().max(1) as f64).sqrt();
    let difference: Row = got.iter().zip(&expected).map(|(a, b)| a - b).collect();
    let (off, size) = (norm(&difference), norm(&expected));
    assert!(off <= 0.02 * size + 1e-9, "{what}: off by {off} of {size}");
}

fn small() -> RandomModel {
    RandomModel::new(Sizes::SMALL, 3)
}

#[test]
fn the_encoder_follows_its_definition() {
    let random = small();
    let model = Model::load(&[&random.file()]).unwrap();
    let r = &mut Random(1);
    for length in [2, 3, 31, 96] {
        let window = random.window(length, r);
        let got = model.encoder().encode(std::slice::from_ref(&window), &mut model.scratch()).unwrap();
        assert_close(&format!("{length} pieces"), &rows(&got[0]), &Naive(&random).encode(&window));
    }
}

#[test]
fn the_heads_follow_their_definitions() {
    let random = small();
    let naive = Naive(&random);
    let model = Model::load(&[&random.file()]).unwrap();
    let scratch = &mut model.scratch();
    let window = random.window(90, &mut Random(5));
    let words = model.encode(std::slice::from_ref(&window), scratch).unwrap().remove(0);
    let w = rows(&words);
    let each = |name: &str| -> Vec<Row> { w.iter().map(|w| naive.linear(name, w)).collect() };
    let each_gelu = |name: &str| -> Vec<Row> { each(name).into_iter().map(gelu).collect() };
    let scores = model.score(&window, &words, scratch);
    assert_close("pos", &rows(&scores.pos), &each("pos"));
    let anchors: Vec<Row> =
        each_gelu("anchor.hidden").iter().map(|a| naive.linear("anchor.out", a)).collect();
    assert_close("anchors", &rows(&scores.anchors), &anchors);

    let (d, h) = (each_gelu("arc.dep"), each_gelu("arc.head"));
    assert_eq!(scores.arcs.len(), window.sentences.len());
    for (sentence, got) in window.sentences.iter().zip(&scores.arcs) {
        let score = |i: usize, j: usize| {
            if i == j {
                naive.linear("arc.root", &d[i])[0]
            } else {
                dot(&naive.linear("arc.u", &d[i]), &h[j])
            }
        };
        let expected: Vec<Row> =
            sentence.clone().map(|i| sentence.clone().map(|j| score(i, j)).collect()).collect();
        assert_close("arcs", &rows(got), &expected);
    }

    let pairs: Vec<_> = (0..w.len()).map(|i| (i, (i % 5 > 0).then_some(i * 7 % w.len()))).collect();
    let expected: Vec<Row> = pairs
        .iter()
        .map(|&(i, head)| {
            let mut hidden = naive.linear("rel.dep", &w[i]);
            if let Some(head) = head {
                hidden = add(&hidden, &naive.linear("rel.head", &w[head]));
            }
            naive.linear("rel.out", &gelu(hidden))
        })
        .collect();
    assert_close("relations", &rows(&model.relations(&words, &pairs, scratch)), &expected);

    let (s, e) = (each_gelu("name.start"), each_gelu("name.end"));
    let (types, inner) = (random.sizes.names, random.sizes.name);
    for i in 0..w.len() {
        let sentence: &Range<usize> = window.sentences.iter().find(|s| s.contains(&i)).unwrap();
        let (u, a) = (naive.linear("name.u", &s[i]), naive.linear("name.a", &s[i]));
        for width in 1..=14 {
            let values = &scores.names.values[(i * 14 + width - 1) * types..][..types];
            if i + width > sentence.end {
                assert_eq!(values[0], 0.0);
                assert!(values[1..].iter().all(|&v| v == f32::NEG_INFINITY));
                continue;
            }
            assert_eq!(values, scores.names.span(i..i + width));
            let by_width = naive.row("name.width", width - 1, types);
            let expected: Row = (0..types)
                .map(|t| dot(&u[t * inner..][..inner], &e[i + width - 1]) + a[t] + by_width[t])
                .collect();
            assert_close("names", &[values.iter().map(|&v| f64::from(v)).collect()], &[expected]);
        }
    }
}

fn anchors(words: usize, kinds: usize, r: &mut Random) -> Vec<Anchor> {
    (0..12)
        .map(|_| {
            let first = r.below(words);
            let end = words.min(first + 1 + r.below(3));
            Anchor {
                words: first..end,
                context: r.below(first + 1)..end + r.below(words - end + 1),
                kind: r.below(kinds),
            }
        })
        .collect()
}

#[test]
fn the_stacks_follow_their_definition() {
    let random = small();
    let naive = Naive(&random);
    let model = Model::load(&[&random.file()]).unwrap();
    let scratch = &mut model.scratch();
    let r = &mut Random(8);
    let window = random.window(96, r);
    let words = model.encode(std::slice::from_ref(&window), scratch).unwrap().remove(0);
    for (name, stack, kinds) in [("attr", model.attr(), 3), ("event", model.event(), 1)] {
        let anchors = anchors(words.len(), kinds, r);
        let scores = stack.run(&words, &anchors, scratch);
        assert_eq!(scores.len(), anchors.len());
        for (anchor, scores) in anchors.iter().zip(&scores) {
            let (roles, out, of) = naive.stack(name, &rows(&words), anchor);
            assert_eq!(scores.context, anchor.context);
            assert_close("roles", &rows(&scores.roles), &roles);
            let groups = scores.groups.concat().into_iter().map(f64::from).collect();
            assert_close("groups", &[groups], &[out]);
            assert_close("of", &rows(&scores.of), &of);
            assert_eq!(scores.role(anchor.words.start, 1), {
                let row = scores.roles.row(anchor.words.start - anchor.context.start);
                &row[3..6]
            });
        }
    }
    assert_eq!(model.attr().run(&words, &[], scratch), []);
}

fn everything(model: &Model, windows: &[Window], r: &mut Random) -> String {
    let scratch = &mut model.scratch();
    let mut all = String::new();
    let words = model.encode(windows, scratch).unwrap();
    for (window, words) in windows.iter().zip(&words) {
        let bits = |table: &Table| table.values.iter().map(|x| x.to_bits()).collect::<Vec<_>>();
        let scores = model.score(window, words, scratch);
        let run = |stack: &Stack, kinds: usize, r: &mut Random, scratch: &mut _| {
            if words.is_empty() {
                return Vec::new();
            }
            stack.run(words, &anchors(words.len(), kinds, r), scratch)
        };
        let attr = run(model.attr(), 3, r, scratch);
        let event = run(model.event(), 1, r, scratch);
        // Debug output tells every bit of a float, except among the kinds of "not a number".
        all += &format!("{:?} {scores:?} {attr:?} {event:?}", bits(words));
    }
    all
}

#[test]
fn every_kernel_gives_the_same_bits() {
    let full = Sizes { vocabulary: 300, layers: 1, ..Sizes::FULL };
    // The second has weights small enough for the fast product.
    for (sizes, lengths) in [
        (Sizes::SMALL, &[2, 3, 40, 96, 17][..]),
        (Sizes { spread: 10.0, ..Sizes::SMALL }, &[90]),
        (full, &[256]),
    ] {
        let random = RandomModel::new(sizes, 11);
        let file = random.file();
        let r = &mut Random(2);
        let windows: Vec<Window> = lengths.iter().map(|&length| random.window(length, r)).collect();
        let portable =
            everything(&Model::load_for(Kernel::PORTABLE, &[&file]).unwrap(), &windows, &mut Random(4));
        for kernel in Kernel::available() {
            let model = Model::load_for(kernel, &[&file]).unwrap();
            assert!(
                everything(&model, &windows, &mut Random(4)) == portable,
                "{kernel} differs from portable"
            );
        }
    }
}

#[test]
fn a_window_gives_the_same_alone_and_among_others() {
    let random = small();
    let model = Model::load(&[&random.file()]).unwrap();
    let r = &mut Random(6);
    let windows: Vec<Window> = (0..20).map(|i| random.window(2 + i * 5 % 90, r)).collect();
    let scratch = &mut model.scratch();
    let together = model.encode(&windows, scratch).unwrap();
    for (window, together) in windows.iter().zip(&together) {
        assert_eq!(&model.encode(std::slice::from_ref(window), scratch).unwrap()[0], together);
    }
}

#[test]
fn a_window_without_words_is_fine() {
    let random = small();
    let model = Model::load(&[&random.file()]).unwrap();
    let scratch = &mut model.scratch();
    let window = random.window(2, &mut Random(1));
    let words = model.encode(std::slice::from_ref(&window), scratch).unwrap().remove(0);
    assert!(words.is_empty());
    let scores = model.score(&window, &words, scratch);
    assert!(scores.pos.is_empty() && scores.arcs.is_empty() && scores.names.values.is_empty());
    assert!(model.relations(&words, &[], scratch).is_empty());
}

#[test]
fn windows_that_cannot_be_read_are_refused() {
    let random = small();
    let model = Model::load(&[&random.file()]).unwrap();
    let refuse = |change: &dyn Fn(&mut Window)| {
        let mut window = random.window(20, &mut Random(1));
        change(&mut window);
        model.encode(&[window], &mut model.scratch()).unwrap_err().to_string()
    };
    assert_eq!(
        refuse(&|w| (w.pieces, w.cases) = (vec![1; 97], vec![0; 97])),
        "a window of 97 pieces; from 1 to 96 can be read"
    );
    assert_eq!(refuse(&|w| w.pieces[3] = 300), "a window whose pieces are not all in the vocabulary");
    assert_eq!(refuse(&|w| w.cases[3] = 8), "a window whose case classes are not all known");
    assert_eq!(refuse(&|w| w.words[0] = 20), "a window whose words do not all start at one of its pieces");
    assert_eq!(refuse(&|w| w.sentences[0].end = 99), "a window whose sentences do not all lie in its words");
}

#[test]
fn bad_weights_are_told_by_name() {
    let message = |random: RandomModel| match Model::load(&[&random.file()]) {
        Ok(_) => panic!("loaded"),
        Err(error) => error.to_string(),
    };
    let mut random = small();
    random.tensors.remove("layer.0.up.bias");
    assert_eq!(message(random), "weights lack the tensor \"layer.0.up.bias\"");
    let mut random = small();
    random.tensors.insert("pos.scale".into(), Tensor::Floats(vec![16], vec![1.0; 16]));
    assert_eq!(message(random), "tensor \"pos.scale\" has shape [16] where [17] is expected");
    let mut random = small();
    random.tensors.insert("case".into(), Tensor::Bytes(vec![8, 64], vec![1; 512]));
    assert_eq!(message(random), "tensor \"case\" holds I8 where F32 is expected");
    assert!(matches!(Model::load(&[b"no weights"]), Err(WeightsError::File(_))));
    let random = small();
    assert!(matches!(Model::load(&[&random.file_with(&"?".into())]), Err(WeightsError::Config(_))));
}
