from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from assessments.definitions import DefinitionProblems
from assessments.services.instruments import CATALOGUE, InstrumentInUse, load_instrument


class Command(BaseCommand):
    help = "Checks and loads instruments: those that come with Common Ground, or the YAML files named."

    def add_arguments(self, parser):
        parser.add_argument("files", nargs="*", type=Path, help="YAML files; without any, the shipped catalogue")

    def handle(self, *args, **options):
        refused = [path for path in options["files"] or sorted(CATALOGUE.glob("*.yaml")) if not self._load(path)]
        if refused:
            raise CommandError(f"{len(refused)} not loaded: {', '.join(path.name for path in refused)}")

    def _load(self, path: Path) -> bool:
        try:
            version = load_instrument(path.read_text("utf-8"), actor=None)
        except DefinitionProblems as found:
            for problem in found.problems:
                self.stderr.write(f"{path.name}: {problem}")
        except InstrumentInUse as problem:
            self.stderr.write(f"{path.name}: {problem.words}")
        except (OSError, UnicodeDecodeError) as problem:
            self.stderr.write(f"{path}: {problem}")
        else:
            self.stdout.write(f"{path.name}: {version} is ready.")
            return True
        return False
