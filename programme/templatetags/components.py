"""The pieces every page is made of. Each tag's markup is one file in templates/components/."""

from datetime import datetime

from django import template
from django.forms import BaseForm
from django.forms.formsets import BaseFormSet
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.dateformat import format as date_words
from django.utils.html import format_html
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy as _

from programme.lib.charts import Change, Mark, Withheld
from programme.lib.govuk_forms import error_words, first_input_id

register = template.Library()


# Forms ----------------------------------------------------------------------------------------------------------------
def _forms_in(context, given=()):
    """The forms given, or else every form the page holds, each once."""
    found = []
    for value in given or context.flatten().values():
        candidates = list(value) if isinstance(value, (list, tuple)) else [value]
        for form in candidates:
            if isinstance(form, (BaseForm, BaseFormSet)) and not any(form is known for known in found):
                found.append(form)
    return found


def _single_forms(forms):
    for form in forms:
        if isinstance(form, BaseFormSet):
            yield from form.forms
        else:
            yield form


@register.simple_tag(takes_context=True)
def error_prefix(context):
    """ "Error: " for the page title when a form came back with problems."""
    wrong = context.get("has_errors") or any(form.is_bound and not form.is_valid() for form in _forms_in(context))
    return format_html("{}", _("Error: ")) if wrong else ""


@register.inclusion_tag("components/error_summary.html", takes_context=True)
def error_summary(context, *forms):
    """ "There is a problem", with a link to each field. Without arguments: of every form on the page."""
    lines = []
    found = _forms_in(context, forms)
    for formset in found:
        if isinstance(formset, BaseFormSet) and formset.is_bound:
            lines += [(message, "") for message in formset.non_form_errors()]
    for form in _single_forms(found):
        if not form.is_bound or not form.errors:
            continue
        lines += [(message, "") for message in form.non_field_errors()]
        for field in form:
            target = "" if field.is_hidden else first_input_id(field)
            lines += [(message, target) for message in error_words(field)]
    return {"lines": list(dict.fromkeys(lines))}


@register.filter
def wrong(field):
    """The messages of one field, in the words of the summary."""
    return error_words(field)


# Actions and places ---------------------------------------------------------------------------------------------------
@register.inclusion_tag("components/button.html")
def button(words, href="", *, kind="", size="", hidden="", name="", value="", form="", id=""):  # noqa: A002 - HTML's word
    """A link when `href` is given, else a submit button. kind: secondary, warning. size: small, big.

    `hidden` is said to screen readers only, after the words: "Change" + "the due date".
    """
    classes = ["govuk-button"]
    if kind:
        classes.append(f"govuk-button--{kind}")
    if size:
        classes.append(f"cg-button--{size}")
    return {
        "words": words, "href": href, "classes": " ".join(classes), "hidden": hidden,
        "name": name, "value": value, "form": form, "id": id,
    }  # fmt: skip


@register.inclusion_tag("components/back.html")
def back(href, words=""):
    """The way back, above the heading."""
    return {"href": href, "words": words or _("Back")}


@register.inclusion_tag("components/breadcrumb.html")
def breadcrumb(*parts):
    """{% breadcrumb "Programmes" url "Sessions" url2 %}: words and addresses in turn."""
    return {"items": list(zip(parts[::2], parts[1::2], strict=True))}


@register.inclusion_tag("components/pagination.html", takes_context=True)
def pagination(context, page_obj, parameter="page"):
    """Previous, the pages near by, next. Keeps whatever else stands in the address."""
    query = context["request"].GET.copy() if "request" in context else None

    def address(number):
        if query is None:
            return f"?{parameter}={number}"
        query[parameter] = number
        return f"?{query.urlencode()}"

    pages = page_obj.paginator.get_elided_page_range(page_obj.number, on_each_side=1, on_ends=1)
    return {
        "page": page_obj,
        "pages": [(number, address(number) if isinstance(number, int) else "") for number in pages],
        "previous": address(page_obj.previous_page_number()) if page_obj.has_previous() else "",
        "next": address(page_obj.next_page_number()) if page_obj.has_next() else "",
    }


# Blocks ---------------------------------------------------------------------------------------------------------------
def _block(name, **values):
    return mark_safe(render_to_string(f"components/{name}.html", values))  # noqa: S308 - a rendered template


@register.simple_block_tag
def card(content, title="", id="", kind="", href="", link="", aside="", level=2):  # noqa: A002 - HTML's word
    """{% card title="Next sessions" id="sessions" href=url link="Whole calendar" %}…{% endcard %}

    kind: "ask" (this waits for you; once a page) or "tint". `aside` is a quiet word at the right of the title.
    """
    return _block("card", **locals())


@register.simple_block_tag
def empty_state(content, title="", href="", action=""):
    """What to do next where there is nothing yet: a title, a sentence or two, one button."""
    return _block("empty_state", **locals())


@register.simple_block_tag
def details(content, summary):
    """Something more for those who want it, folded away."""
    return _block("details", **locals())


@register.simple_block_tag
def warning(content):
    """A consequence people must read before they go on."""
    return _block("warning", **locals())


@register.inclusion_tag("components/task_list.html")
def task_list(items):
    """Items: dicts with title, href (or none: not yet possible), status, words (of the status), hint."""
    blank = {"href": "", "status": "", "words": "", "hint": ""}
    return {"items": [{**blank, **item} for item in items]}


@register.inclusion_tag("components/summary_list.html")
def summary_list(rows):
    """Rows: dicts with key, value, and where it may be changed href, change ("Change"), hidden (what it changes)."""
    blank = {"href": "", "change": _("Change")}
    return {"rows": [{**blank, "hidden": str(row["key"]).lower(), **row} for row in rows]}


# Signs ----------------------------------------------------------------------------------------------------------------
DONE = {"done", "released", "completed", "complete", "sent", "confirmed", "kept", "accepted", "yes", "attended"}
NOW = {
    "now", "open", "running", "in_progress", "overdue", "late", "retrying", "failed", "unconfirmed", "waiting",
    "bounced", "due", "needs_you",
}  # fmt: skip
TROUBLE = {"overdue", "late", "failed", "bounced", "unconfirmed"}


@register.inclusion_tag("components/tag.html")
def tag(status, words="", icon=""):
    """A small word with a sign. Any status: "done", "now", "plain", or a TextChoices value, which brings its words."""
    value = str(getattr(status, "value", status))
    kind = "done" if value in DONE else "now" if value in NOW else "plain"
    words = words or getattr(status, "label", "") or value.replace("_", " ").capitalize()
    icon = icon or ("trouble" if value in TROUBLE else {"done": "done", "now": "now"}.get(kind, ""))
    return {"kind": kind, "words": words, "icon": icon}


STATUS_WORDS = {"on_track": _("On track"), "watch": _("Needs watching"), "at_risk": _("At risk"), "ended": _("Ended")}


@register.inclusion_tag("components/status.html")
def status(state, words=""):
    """The executive's status word with its shape: on_track, watch, at_risk, ended."""
    return {"state": str(state), "words": words or STATUS_WORDS.get(str(state), state)}


@register.inclusion_tag("components/org_mark.html")
def org_mark(index=None, name=""):
    """The shape of an organisation by its position (0: circle, 1: diamond, 2: triangle, 3: hexagon); none: a team."""
    return {"shape": Mark.of(index), "name": name}


MODE_WORDS = {"virtual": _("virtual"), "hybrid": _("hybrid"), "room": _("in the room")}


@register.inclusion_tag("components/mode_mark.html")
def mode_mark(mode, words=True):
    """The capsule of a session's mode: empty virtual, half hybrid, full in the room. words=False leaves the word out."""
    value = str(getattr(mode, "value", mode))
    value = value if value in {"virtual", "hybrid"} else "room"
    return {"mode": value, "words": MODE_WORDS[value], "show_words": words}


@register.inclusion_tag("components/withheld.html")
def withheld():
    """The same everywhere, whatever the reason."""
    return {}


CHANGE_WORDS = {
    Change.CLEARLY_UP: _("Clearly up"),
    Change.UP: _("Up a little"),
    Change.SAME: _("About the same"),
    Change.DOWN: _("Down a little"),
    Change.CLEARLY_DOWN: _("Clearly down"),
}


@register.inclusion_tag("components/change.html")
def change_words(change):
    """An arrow or a dash, and words; withheld looks like everything withheld; None is "not compared"."""
    if isinstance(change, Withheld):
        return {"withheld": True}
    if change is None:
        return {"words": _("Not compared"), "direction": "none"}
    change = Change(change)
    return {"words": CHANGE_WORDS[change], "direction": change.direction}


@register.inclusion_tag("components/progress.html")
def progress(job, href="", again=""):
    """The moving bar of a long job. `href` answers with a page or fragment holding this tag for the same job.

    The job has pk, state, progress (0 to 100), step in words and, when it failed, problem in words.
    """
    state = str(getattr(job.state, "value", job.state))
    return {
        "job": job,
        "state": state,
        "share": 100 if state == "done" else min(max(job.progress or 0, 0), 100),
        "ended": state in {"done", "failed", "cancelled"},
        "href": href,
        "again": again or href,
    }


@register.inclusion_tag("components/icon.html")
def icon(name):
    """A line drawing to stand beside words: clock, lock, calendar, pause, people, mail, report, place, tick."""
    return {"name": name}


@register.inclusion_tag("components/date_block.html")
def date_block(date):
    """The little calendar leaf beside a session; a long month is shortened."""
    date = timezone.localtime(date) if isinstance(date, datetime) and timezone.is_aware(date) else date
    month = date_words(date, "F")
    return {"day": date.day, "month": month if len(month) < 6 else date_words(date, "M")}
