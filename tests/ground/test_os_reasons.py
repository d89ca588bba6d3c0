"""Why a file cannot be used is said in the reader's language; what is not known stays in the system's words."""

from __future__ import annotations

import errno
import os

import pytest

from floodready.language import use_language
from floodready.os_reasons import reason_of, refusal_of


@pytest.mark.parametrize(
    ("number", "english", "chinese"),
    [
        (errno.ENOSPC, "no space is left on the disk", "磁盘已满"),
        (errno.EACCES, "no permission", "没有权限"),
        (errno.EISDIR, "it is a folder", "这是文件夹"),
        (errno.EROFS, "the disk can only be read", "磁盘只读"),
        (errno.ENOENT, "no such file or folder", "没有这个文件或文件夹"),
    ],
)
def test_the_common_reasons_are_in_the_reader_s_language(number: int, english: str, chinese: str) -> None:
    error = OSError(number, os.strerror(number), "/x/y")
    assert str(reason_of(error)) == english
    use_language("zh_CN")
    assert str(refusal_of(error)) == f"无法使用 /x/y：{chinese}。"


def test_another_reason_stays_as_the_system_says_it() -> None:
    assert str(reason_of(OSError(errno.EXDEV, "Invalid cross-device link"))) == "Invalid cross-device link"
    assert str(reason_of(OSError("no number at all"))) == "no number at all"
    assert str(reason_of(ValueError("no file at all"))) == "no file at all"
