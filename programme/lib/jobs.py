"""What a long piece of work may raise."""


class JobProblem(Exception):
    """The work cannot be done; the message tells the person why and what to do, in words."""


class JobCancelled(Exception):
    """The person cancelled the work; raised by the next report of progress."""
