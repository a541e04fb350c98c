"""Every error that keeping and finding raise on purpose, worded for the person at the desk."""

from __future__ import annotations

from pathlib import Path

from ingest.errors import DirectiveError


class LibraryError(DirectiveError):
    """Base of the errors of a library."""


class LibraryBusyError(LibraryError):
    """Another program writes to the library, and does not come to an end."""

    def __init__(self, folder: Path, holder: str) -> None:
        super().__init__(
            f"Thư viện {folder} đang được chương trình khác ghi ({holder}). "
            "Hãy đợi chương trình đó xong rồi làm lại."
        )
        self.folder = folder


class LibraryFullError(LibraryError):
    """The disk took no more; what was in the library before is still there."""

    def __init__(self, folder: Path) -> None:
        super().__init__(
            f"Không ghi được vào thư viện {folder}: hết chỗ trên đĩa hoặc vượt hạn mức. "
            "Dữ liệu đã có vẫn nguyên vẹn. Hãy giải phóng chỗ trống rồi nạp lại tệp này."
        )
        self.folder = folder


class LibraryAccessError(LibraryError):
    """The folder of the library may not be read or written."""

    def __init__(self, folder: Path, reason: str) -> None:
        super().__init__(
            f"Không mở được thư viện {folder}: {reason}. "
            "Hãy kiểm tra quyền của thư mục hoặc chọn thư mục khác bằng --library."
        )
        self.folder = folder


class LibraryDamagedError(LibraryError):
    """The rows of the library cannot be read."""

    def __init__(self, folder: Path, reason: str) -> None:
        super().__init__(
            f"Thư viện {folder} bị hỏng: {reason}. "
            "Hãy dừng các chương trình đang dùng thư viện rồi chạy "
            f"“sauro rebuild --library {folder}”: mọi thứ được dựng lại từ các tệp gốc, "
            "tệp hỏng được giữ riêng."
        )
        self.folder = folder


class ModelMismatchError(LibraryError):
    """The vectors of the library were made by another model than the one at hand."""

    def __init__(self, folder: Path, made_by: str, at_hand: str) -> None:
        super().__init__(
            f"Thư viện {folder} có véc-tơ do mô hình {made_by} tạo, còn mô hình đang dùng là "
            f"{at_hand}; không trộn được hai loại. Hãy đặt lại mô hình cũ (SAURO_MODEL) "
            "hoặc nạp tài liệu vào một thư viện mới (--library)."
        )
        self.made_by = made_by
        self.at_hand = at_hand


class EmptyQueryError(LibraryError):
    """A question has no word to search for."""

    def __init__(self, query: str) -> None:
        super().__init__(f"Câu hỏi {query!r} không có từ nào để tìm. Hãy gõ vài từ khóa.")
        self.query = query


class UnknownDocumentError(LibraryError):
    """A document is asked for that the library does not hold."""

    def __init__(self, document: str) -> None:
        super().__init__(f"Thư viện không có văn bản mang mã {document!r}.")
        self.document = document


class UnknownClauseError(LibraryError):
    """A clause is asked for that its document does not have."""

    def __init__(self, document: str, path: str) -> None:
        super().__init__(f"Văn bản {document!r} không có đoạn {path!r}.")
        self.document = document
        self.path = path


class WrongCorrectionError(LibraryError):
    """A correction cannot be carried out; the message says why."""


class ConflictError(LibraryError):
    """Somebody has changed the finding since it was shown."""

    def __init__(self, said: str = "") -> None:
        super().__init__(
            "Chỗ này đã được sửa, hoặc văn bản đã được đọc lại, sau khi bạn mở trang. "
            f"{said}Chưa ghi gì; hãy mở lại trang để xem bản mới rồi sửa tiếp."
        )


class UnknownFindingError(LibraryError):
    """A finding is asked for that its document does not have."""

    def __init__(self, finding: str) -> None:
        super().__init__(f"Văn bản không có kết quả đọc {finding!r}.")
        self.finding = finding


class UnknownCorrectionError(LibraryError):
    """A correction is asked for that the log does not have, or that is taken back already."""

    def __init__(self, correction: str) -> None:
        super().__init__(f"Không có lần sửa {correction!r}, hoặc nó đã được hoàn tác.")
        self.correction = correction


class ModelMissingError(DirectiveError):
    """No embedding model can be had: the library can still be searched by words alone.

    `model` is its name or folder as asked for, `reason` a Vietnamese clause.
    """

    def __init__(self, model: str, reason: str) -> None:
        super().__init__(
            f"Không dùng được mô hình ngữ nghĩa “{model}”: {reason}. "
            "Chương trình chỉ tìm theo từ ngữ."
        )
        self.model = model
        self.reason = reason
