#!/bin/sh
# What the program does, counted: fails when a count is above its limit. See bench/budgets/counts.py.
exec python3 "$(dirname "$0")/budgets/counts.py" "$@"
