#!/bin/sh
# Makes the weights from the corpora, with one command: train/run.sh [CORPORA] [MINUTES]
# Needs a Rust toolchain, Python 3.11 and, for about MINUTES, two cores. Writes crates/sayso-encoder/weights/.
set -eu
cd "$(dirname "$0")"
corpora=${1:-../../shared/corpora}
minutes=${2:-180}
[ -d "$corpora/coded" ] || { echo "train/run.sh: no corpora in $corpora: name their folder as the first argument" >&2; exit 2; }
[ -x .venv/bin/python ] || python3 -m venv .venv
.venv/bin/pip install -q -r requirements.txt
(cd .. && cargo build --release --locked -p sayso-dev)
exec .venv/bin/python train.py --sayso-dev ../target/release/sayso-dev --corpora "$corpora" --annotations annotations \
    --out ../crates/sayso-encoder/weights --minutes "$minutes"
