#!/bin/sh
# Every budget of the design, one line each. See bench/budgets/run.py; needs root, gcc, python3 and a distribution
# (./mvnw package, or BESPOKE_DIST). About fifteen minutes; a row by its name alone: bench/budgets.sh chain kill
exec python3 "$(dirname "$0")/budgets/run.py" "$@"
