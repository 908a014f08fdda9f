//! `config check`: what is wrong with the configuration, before anybody needs it.

use std::{fs::File, process::ExitCode};

use search_index::Lexicon;

use crate::{cli::Arguments, config::Config, server_key, words::Words};

/// Prints what it finds; the exit code is 0 when a server would start with it, 1 otherwise.
pub(super) fn run(arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let words = Words::new(arguments.lang)?;
    let file = Config::file(arguments.config.as_deref(), &arguments.data);
    let (mut config, mut mistakes) = match &file {
        None => {
            say!("{}", words.say("cli-config-none"));
            (Config::default(), Vec::new())
        }
        Some(file) => {
            say!("{}", words.say_with("cli-config-file", [("file", file.display().to_string())]));
            match Config::read(file) {
                Ok(config) => {
                    let mistakes = config.mistakes();
                    (config, mistakes)
                }
                // what cannot be read cannot be looked at any further
                Err(error) => return Ok(tell(&words, &[error], &[])),
            }
        }
    };
    mistakes.extend(unusable(&mut config));
    Ok(tell(&words, &mistakes, &config.hints()))
}

/// Files and folders that are named and cannot be used.
fn unusable(config: &mut Config) -> Vec<anyhow::Error> {
    let mut problems = Vec::new();
    for (entry, file) in config.files() {
        let named = || format!("{entry}: {}", file.display());
        let problem = match entry {
            "lexicon" => {
                Lexicon::from_dir(file).err().map(|error| anyhow::Error::new(error).context(named()))
            }
            // what it says of its own file names the file
            "mail.password_file" | "mail.ca_file" => None,
            _ => File::open(&*file).err().map(|error| anyhow::Error::new(error).context(named())),
        };
        problems.extend(problem);
    }
    if config.key_file.as_ref().is_some_and(|file| file.exists()) {
        problems.extend(server_key::of(config, std::path::Path::new("")).err());
    }
    problems
}

fn tell(words: &Words, mistakes: &[anyhow::Error], hints: &[&str]) -> ExitCode {
    for mistake in mistakes {
        say!("{}: {mistake:#}", words.say("cli-check-severity-error"));
    }
    for hint in hints {
        say!("{}: {}", words.say("cli-check-severity-note"), words.say(hint));
    }
    if mistakes.is_empty() {
        say!("{}", words.say("cli-config-good"));
        return ExitCode::SUCCESS;
    }
    ExitCode::FAILURE
}
