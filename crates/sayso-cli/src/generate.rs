//! Man pages and completions, from the same definitions as `--help`.

use std::io;

use clap::CommandFactory;
use clap_mangen::Man;

use crate::arguments::{Arguments, Generate};
use crate::message::Message;

/// Prints what was asked for into `out`.
pub fn run(what: &Generate, out: &mut Vec<u8>) -> Result<(), Message> {
    // Built, so that subcommands carry the whole name and the options of their parents.
    let mut root = Arguments::command();
    root.build();
    match what {
        Generate::Completions { shell } => clap_complete::generate(*shell, &mut root, "sayso", out),
        Generate::Man { command: None } => page(root, out),
        Generate::Man { command: Some(name) } => {
            let known: Vec<_> = root.get_subcommands().map(|command| command.get_name().to_owned()).collect();
            let Some(command) = root.find_subcommand(name) else {
                return Err(Message::new(format!("there is no command `{name}`"))
                    .hint(format!("the commands are: {}", known.join(", "))));
            };
            page(command.clone(), out);
        }
    }
    Ok(())
}

fn page(command: clap::Command, out: &mut Vec<u8>) {
    let written: io::Result<()> = Man::new(command).render(out);
    written.expect("a Vec takes any text");
}

#[cfg(test)]
mod tests {
    use super::*;

    fn generate(what: &Generate) -> String {
        let mut out = Vec::new();
        run(what, &mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn man_pages_carry_options_and_examples() {
        let page = generate(&Generate::Man { command: None });
        assert!(page.contains(".TH sayso 1"), "{page}");
        assert!(page.contains("Examples:"));
        let page = generate(&Generate::Man { command: Some("code".into()) });
        for part in [".TH sayso-code 1", "\\-\\-published", "Exit status:"] {
            assert!(page.contains(part), "no {part} in {page}");
        }
        assert!(run(&Generate::Man { command: Some("cod".into()) }, &mut Vec::new()).is_err());
    }

    #[test]
    fn completions_know_the_options() {
        for shell in [clap_complete::Shell::Bash, clap_complete::Shell::Zsh, clap_complete::Shell::Fish] {
            let script = generate(&Generate::Completions { shell });
            for word in ["code", "published", "outlet", "csv"] {
                assert!(script.contains(word), "no {word} for {shell}");
            }
        }
    }
}
