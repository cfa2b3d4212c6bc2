"""`python -m diurna` is the program `diurna`."""

from diurna.cli import main

main()
