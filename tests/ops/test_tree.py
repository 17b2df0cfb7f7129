"""The rules of the tree that no linter knows."""

import ast
import re

from tests.ops.tree import ROOT, project_files, python_files

MOST_LINES_OF_A_FILE = 300
MOST_LINES_OF_A_FUNCTION = 40
NAMES_THAT_SAY_NOTHING = {"base", "helpers", "misc", "services", "utils"}
ADDRESS_OR_PATH = re.compile(
    r"https?://\S+\.(?:whl|tgz|tar\.gz)"
    r"|--(?:extra-)?index-url"
    r"|files\.python" + r"hosted\.org|pypi\." + r"org/simple|registry\.npm" + r"js"
    r"|(?<![\w./-])/(?:home|root|Users|work|opt/(?:pypi|wheels))/\w"
)


def functions(path):
    tree = ast.parse(path.read_text(encoding="utf-8"))
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef)
    return [node for node in ast.walk(tree) if isinstance(node, kinds)]


def test_no_python_file_is_too_long():
    lengths = {path: len(path.read_text(encoding="utf-8").splitlines()) for path in python_files()}
    too_long = {
        str(path.relative_to(ROOT)): length
        for path, length in lengths.items()
        if length > MOST_LINES_OF_A_FILE
    }
    assert too_long == {}


def test_no_function_is_too_long():
    too_long = {
        f"{path.relative_to(ROOT)}:{function.name}": length
        for path in python_files()
        for function in functions(path)
        if (length := function.end_lineno - function.lineno + 1) > MOST_LINES_OF_A_FUNCTION
    }
    assert too_long == {}


def test_every_python_file_is_named_after_what_it_holds():
    nameless = [
        path.relative_to(ROOT)
        for path in python_files()
        if path.stem in NAMES_THAT_SAY_NOTHING and path != ROOT / "portal/settings/base.py"
    ]
    assert nameless == []


def test_no_file_names_a_download_address_or_a_folder_of_one_machine():
    found = {}
    for path in project_files():
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
        if match := ADDRESS_OR_PATH.search(text):
            found[str(path.relative_to(ROOT))] = match.group()
    assert found == {}
