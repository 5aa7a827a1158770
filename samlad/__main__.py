"""`python -m samlad`: the command line."""

from samlad.cli.commands import main

if __name__ == "__main__":
    main(prog_name="python -m samlad")
