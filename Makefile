# Everything here works on a machine that has Rust (rustup's default toolchain) and a C compiler.

# What `make test` installs where it is missing; any version that is already there will do.
NEXTEST_VERSION := 0.9.143
DENY_VERSION := 0.20.2

CARGO_TARGET_DIR ?= target
SAYSO := $(CARGO_TARGET_DIR)/release/sayso

.PHONY: help demo test tools train

help:
	@echo "make demo    build sayso and code the sample dispatches, as tables"
	@echo "make test    install what the tests need, then check and test everything"
	@echo "make train   make the weights anew (needs Python and the corpora, see train/)"

demo:
	@cargo build --release --locked --package sayso-cli
	@$(SAYSO) code --format table examples/hawija.jsonl
	@echo "What next:"
	@echo "  $(SAYSO) code examples/hawija.jsonl | head -n 1     one article with everything sayso found, as JSON"
	@echo "  $(SAYSO) code --format csv examples/hawija.jsonl    one row an event, for a spreadsheet"
	@echo "  $(SAYSO) code --published 2017-10-10 ARTICLE.txt    an article of your own; HTML and folders work too"
	@echo "  $(SAYSO) code --help                                all options, formats and exit statuses"

# nextest runs last, so that its summary is the last word.
test: tools
	cargo fmt --all --check
	cargo clippy --workspace --all-targets --locked -- -D warnings
	RUSTDOCFLAGS="-D warnings" cargo doc --workspace --no-deps --locked
	cargo deny --offline --locked check licenses bans sources
	cargo test --workspace --doc --locked
	cargo nextest run --workspace --locked

# Fetched for all platforms, as cargo deny reads the licences of all, and does so offline.
tools:
	@cargo fmt --version >/dev/null 2>&1 || rustup component add rustfmt
	@cargo clippy --version >/dev/null 2>&1 || rustup component add clippy
	@cargo nextest --version >/dev/null 2>&1 || cargo install --locked cargo-nextest@$(NEXTEST_VERSION)
	@cargo deny --version >/dev/null 2>&1 || cargo install --locked cargo-deny@$(DENY_VERSION)
	@cargo fetch --locked

train:
	./train/run.sh
