"""Reads that Django turns into SQL once, not at every request.

For the one or two questions that are asked at every tap of every participant: there, building the query costs several
times what the database needs to answer it. Everything else is better off with a plain queryset.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any
from weakref import WeakKeyDictionary

from django.db import connections, router
from django.db.models import Expression, Field, QuerySet
from django.db.models.sql.compiler import SQLCompiler

Row = tuple[Any, ...]


class Parameter(Expression):
    """A value that is only known when the query is run."""

    def __init__(self, name: str, field: Field) -> None:
        super().__init__(output_field=field)
        self.name = name

    def as_sql(self, compiler: SQLCompiler, connection: Any) -> tuple[str, list[Any]]:
        return "%s", [self]


@dataclass(frozen=True)
class _Compiled:
    sql: str
    parameters: tuple[Any, ...]
    convert: Callable[[Row], Row]


def compiled_read(**fields: Field) -> Callable[[Callable[..., QuerySet]], Callable[..., Row | None]]:
    """Makes a function that builds a `values_list` queryset into one that answers the first row, or None.

    `fields` says of which kind each keyword argument is. The function itself runs once for each database connection,
    with stand-ins for the arguments: it may put them into filters, and nothing else.
    """

    def decorate(build: Callable[..., QuerySet]) -> Callable[..., Row | None]:
        known: WeakKeyDictionary[Any, _Compiled] = WeakKeyDictionary()

        @wraps(build)
        def first_row(**values: Any) -> Row | None:
            connection = connections[router.db_for_read(None)]
            read = known.get(connection)
            if read is None:
                stand_ins = {name: Parameter(name, field) for name, field in fields.items()}
                read = known[connection] = _compile(build(**stand_ins), connection)
            parameters = [
                p.output_field.get_db_prep_value(values[p.name], connection) if isinstance(p, Parameter) else p
                for p in read.parameters
            ]
            with connection.cursor() as cursor:
                cursor.execute(read.sql, parameters)
                row = cursor.fetchone()
            return None if row is None else read.convert(row)

        return first_row

    return decorate


def _compile(queryset: QuerySet, connection: Any) -> _Compiled:
    compiler = queryset.order_by()[:1].query.get_compiler(connection=connection)
    sql, parameters = compiler.as_sql()
    converters = compiler.get_converters([column[0] for column in compiler.select])

    def convert(row: Row) -> Row:
        return tuple(next(iter(compiler.apply_converters([row], converters)))) if converters else row

    return _Compiled(sql, tuple(parameters), convert)
