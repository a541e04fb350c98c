"""ROWS AND INDEXES OF ONE LIBRARY, open: kept in step with each other, and with other programs."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Sequence
from functools import lru_cache
from itertools import accumulate
from typing import TYPE_CHECKING

from index.embedded import EmbeddedEngine
from index.errors import LibraryBusyError, LibraryFullError, ModelMismatchError
from index.finding import Sources
from index.fold import folded_tokens
from index.gazetteer import Gazetteer
from index.journal import Journal
from index.lock import PATIENCE, WriteLock
from index.papers import Papers
from index.passages import EDITION
from index.present import today
from index.store import Store
from index.upkeep import embed, index_words

if TYPE_CHECKING:
    import datetime as dt
    from pathlib import Path

    import numpy as np
    from numpy.typing import NDArray

    from index.corrections import Logged
    from index.engine import Engine
    from index.records import Row
    from index.upkeep import Encoder

_LOG = logging.getLogger(__name__)
_INDEXES_LOST = "Thư viện %s chưa có chỉ mục, hoặc chỉ mục bị hỏng: đang dựng lại từ dữ liệu."
_EMBED_AT_ONCE = 24  # documents
_CLAUSES_AT_ONCE = 2_000  # or a document more: some seconds of the model
_REST = 10  # times as long as it took, until searches take in again what others write
_MANY_VECTORS = 50_000
_NO_MODEL = (
    "Chưa có mô hình nhúng nên chỉ tìm theo từ, không tìm theo nghĩa. "
    "Chạy ./sauro một lần khi có mạng để chuẩn bị mô hình."
)
_NO_VECTORS = "Còn {} đoạn chưa được đọc nghĩa, tạm thời chỉ tìm được các đoạn đó theo từ."
_OLDER_VECTORS = (
    "Nghĩa của {} đoạn do bản cũ của chương trình đọc, chưa kèm đề mục phía trên, nên xếp hạng "
    "theo nghĩa chưa thật sát. Chạy sauro reread để đọc lại."
)


class Shelves:
    """The open files of a library; thread-safe."""

    def __init__(
        self, folder: Path, encoder: Encoder | None, *, today: Callable[[], dt.date] = today
    ) -> None:
        self.folder = folder
        self.today = today
        self.store = Store(folder)
        self.lock = WriteLock(folder)
        self.journal = Journal(folder, self.store)
        self._encoder = encoder
        self._check_model()
        self._engine: Engine = EmbeddedEngine(
            folder, encoder.dimension if encoder else None, self.store
        )
        self._held = 0  # times that the lock was held here when the words were brought up last
        self._rested = 0.0  # from when on they may be for the sake of others
        if self.store.generation > self._engine.generation == 0:
            _LOG.warning(_INDEXES_LOST, folder)
        self._taken = 0  # the last passage that was taken in
        self._removals = 0  # the generation at which clauses last went
        self._guard = threading.Lock()
        self._embedding = threading.Lock()
        self._sources: tuple[tuple[int, int, int], Sources] | None = None
        self._embed_query = lru_cache(maxsize=256)(self._vector_of)

    def _check_model(self) -> None:
        made_by = self.store.meta("model")
        if self._encoder and made_by and made_by != self._encoder.fingerprint:
            raise ModelMismatchError(self.folder, made_by, self._encoder.fingerprint)

    def close(self) -> None:
        """Let go of the files."""
        self._engine.close()
        self.store.close()

    def size(self) -> int:
        """Return how many bytes the rows and the indexes take on the disk."""
        files = self.folder.glob("library.sqlite*")
        return self._engine.size() + sum(file.stat().st_size for file in files if file.exists())

    @property
    def degraded(self) -> str | None:
        """What is missing, in words for the person who asks."""
        if self._encoder is None:
            return _NO_MODEL
        if missing := self.store.unembedded():
            return _NO_VECTORS.format(missing)
        older = self.store.embedded_before()
        return _OLDER_VECTORS.format(older) if older else None

    def keep_journal(self, *, anew: bool = False) -> None:
        """Write the journal where there is none, or what the rows say now.

        Raises:
            LibraryFullError: The disk took no more.
        """
        if anew or self.journal.missing:
            try:
                with self.lock.held():
                    self.journal.write()
            except OSError as error:
                raise LibraryFullError(self.folder) from error

    def note_corrections(self, lines: Sequence[Logged]) -> None:
        """Keep corrections beside the originals too.

        Raises:
            LibraryFullError: The disk took no more.
        """
        try:
            self.journal.corrected(lines)
        except OSError as error:
            raise LibraryFullError(self.folder) from error

    def index_words(self, *, patience: float = PATIENCE) -> None:
        """Bring the index of words up to the rows; where another program does so, let it.

        Raises:
            LibraryFullError: The disk took no more.
        """
        if self._engine.generation >= self.store.generation:
            return
        self._engine.refresh()
        if self._engine.generation >= self.store.generation:
            return
        try:
            with self.lock.held(patience=patience):
                index_words(self.store, self._engine)
        except LibraryBusyError:
            self._engine.refresh()
        except OSError as error:
            raise LibraryFullError(self.folder) from error

    def embed(self, *, anew: bool = False) -> None:
        """Write the vectors that are missing; another thread that does so sees to all.

        Args:
            anew: Also those of passages as an older edition of the program made them.
        """
        encoder = self._encoder
        if encoder is None:
            return
        while self._to_embed(anew=anew) and self._embedding.acquire(blocking=False):
            try:
                if self.store.meta("model") is None:
                    with self.lock.held(), self.store.writing():
                        self.store.set_meta("model", encoder.fingerprint)
                while rows := self._to_embed(anew=anew):
                    embed(self.store, self.lock, encoder, rows)
            finally:
                self._embedding.release()
        self._keep_vectors()

    def _to_embed(self, *, anew: bool) -> list[Row]:
        """Return some of the documents whose vectors are to be made."""
        rows = self.store.to_embed(_EMBED_AT_ONCE)
        if anew and not rows:
            rows = self.store.to_embed_anew(_EMBED_AT_ONCE)
        clauses = accumulate(row.entry.clauses for row in rows)
        return [
            row
            for row, upto in zip(rows, clauses, strict=True)
            if upto - row.entry.clauses < _CLAUSES_AT_ONCE
        ]

    def _keep_vectors(self) -> None:
        """Write files of the vectors that the rows have, and note which passages they are of."""
        with self.lock.held():
            last = self.store.meta("passages") != str(EDITION) and not self.store.embedded_before()
            if last:
                with self.store.writing():
                    self.store.settle_passages()
            try:
                self._catch_up(save=True)
            except OSError as error:
                raise LibraryFullError(self.folder) from error

    def sources(self) -> Sources:
        """Return where answers come from, as the library stands now.

        What another program is writing at full speed may come a moment later: searches do not
        wait for it.
        """
        self._freshen()
        with self._guard:
            state = (self.store.generation, self.store.last_passage(), self._engine.generation)
            if self._sources is None or self._sources[0] != state:
                self._take_vectors(state[1])
                self._sources = (state, self._open_sources())
            return self._sources[1]

    def _freshen(self) -> None:
        """Bring words up to the rows, unless that was done just now and others write meanwhile."""
        own = self.lock.times != self._held
        begun = time.monotonic()
        if self._sources is None or own or begun >= self._rested:
            self.index_words(patience=0.0)
            self._held = self.lock.times
            now = time.monotonic()
            self._rested = now + _REST * (now - begun)

    def _take_vectors(self, last: int) -> None:
        """Bring the vectors up to the rows: in memory, and in files where they are many."""
        if last - self._taken < _MANY_VECTORS:
            self._catch_up()
        else:
            try:
                with self.lock.held(patience=0.0):
                    self._catch_up(save=True)
            except (LibraryBusyError, OSError):  # no files this time: they make the start quicker
                self._catch_up()
        self._taken = last

    def _catch_up(self, *, save: bool = False) -> None:
        with self.store.reading():
            self._engine.catch_up(self.store, save=save)

    def _open_sources(self) -> Sources:
        before = self._sources[1] if self._sources else None
        papers = Papers(self.store, before=before.papers if before else None)
        folded = frozenset(" ".join(folded_tokens(place)) for place in papers.places)
        index = self._engine.snapshot()
        return Sources(
            store=self.store,
            index=index,
            embed=self._embed_query if self._encoder else None,
            gazetteer=self._bodies(before.gazetteer if before else None, folded),
            papers=papers,
            places=papers.places,
            total=len(index),
            today=self.today,
        )

    def _bodies(self, before: Gazetteer | None, places: frozenset[str]) -> Gazetteer:
        """Return the bodies; while clauses only come, what each does is not counted again."""
        removals = self.store.removals()
        if before is None or removals != self._removals:
            self._removals = removals
            found = self.store.agencies()
            counts = {agency: tasks for agency, _, tasks in found}
            agencies = tuple((agency, name) for agency, name, _ in found)
            fresh = Gazetteer(agencies, places, counts)
            return before.grown(agencies, places, counts) if before else fresh
        last = max((agency for agency, _ in before.agencies), default=0)
        agencies = (*before.agencies, *self.store.agencies_after(last))
        return before.grown(agencies, places, before.tasks)

    def _vector_of(self, question: str) -> NDArray[np.float32]:
        if self._encoder is None:
            raise ValueError("no model")
        vector: NDArray[np.float32] = self._encoder.encode_queries([question])[0]
        return vector
