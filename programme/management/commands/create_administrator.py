from django.core.exceptions import ValidationError
from django.core.management import BaseCommand, CommandError
from django.core.validators import validate_email
from django.utils import timezone

from programme.enums import AuditAction
from programme.models.users import User
from programme.services.accounts import ensure_users, invite_again
from programme.services.audit import record


class Command(BaseCommand):
    help = "Makes the first administrator and mails them a link to set a password."

    def add_arguments(self, parser):
        parser.add_argument("email")
        parser.add_argument("--name", default="Administrator")

    def handle(self, *args, email, name, **options):
        try:
            validate_email(email)
        except ValidationError as problem:
            raise CommandError(f"“{email}” is not an e-mail address.") from problem
        user = ensure_users({email.lower(): name})[email.lower()]
        User.objects.filter(pk=user.pk).update(is_administrator=True)
        record(AuditAction.ACCOUNT_INVITED, actor=None, subject=user, name=user.name, rights=["administrator"])
        invite_again(user, actor=user, at=timezone.now())
        self.stdout.write(f"{user.email} is an administrator. The mail with the link goes out when a worker runs.")
