from io import StringIO
from pathlib import Path

from django.conf import settings
from django.core.management import BaseCommand, call_command

from programme.demo.launcher import SIGN_INS
from programme.demo.people import sign_ins
from programme.demo.seed import seed
from programme.models.programmes import Programme


class Command(BaseCommand):
    help = "Makes the demonstration's database, static files and programme, as far as they are not there yet."

    def handle(self, *args, **options):
        Path(settings.DATA_DIR).mkdir(parents=True, exist_ok=True)
        call_command("migrate", verbosity=0)
        call_command("createcachetable", verbosity=0)
        call_command("collectstatic", interactive=False, verbosity=0)
        call_command("load_instruments", stdout=StringIO())
        if not Programme.objects.filter(is_demonstration=True).exists():
            self.stdout.write("Replaying November 2020 to July 2022 …")
            seed()
        (settings.DATA_DIR / SIGN_INS).write_text(sign_ins())
