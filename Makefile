# `make help` lists what there is. Needed: Python 3.11 or newer and make; all else is fetched.

PYTHON ?= python3
VENV ?= .venv
PORT ?= 8000
SIZE ?= 10000
ENGINE ?= both
PY := $(VENV)/bin/python
PIP_INSTALL := $(PY) -m pip install -qq --disable-pip-version-check --require-hashes --only-binary=:all:
APT_INSTALL := DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends
OUR_CODE := portal exchanges findings practices
OUR_LOCALES := $(patsubst %.po,%.mo,$(wildcard locale/*/LC_MESSAGES/*.po))
DEMO_DATABASE := var/portal.sqlite3

# A step is skipped while the checksum of all it reads is the one in the name of its stamp.
checksum = $(shell find $(1) -type f ! -name '*.pyc' ! -name '*.mo' -exec cksum {} + | LC_ALL=C sort | cksum | cut -d ' ' -f 1)
RUN_READY := $(VENV)/.run-$(call checksum,requirements.lock)
TEST_READY := $(VENV)/.test-$(call checksum,requirements-dev.lock)
STATIC_READY := var/.static-$(call checksum,static portal/common requirements.lock)
DATA_READY := var/.data-$(call checksum,$(OUR_CODE) requirements.lock Makefile)

export PORT
.DELETE_ON_ERROR:
.NOTPARALLEL:
.PHONY: help run test test-full browser lint format check messages check-translations compile-messages lock \
	bench bench-first-run bench-search bench-weight clean always free-port

help:
	@awk -F ':.*## ' '/^##@/ {printf "\n%s\n", substr($$0, 5)} \
		/^[a-z-]+:.*## / {printf "  make %-19s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

##@ Use

run: export LOG_LEVEL ?= WARNING
run: $(RUN_READY) free-port compile-messages $(STATIC_READY) $(DATA_READY) ## Serve the portal with its content on 127.0.0.1:8000 (PORT=…)
	@echo "Open http://127.0.0.1:$(PORT)/ (Ctrl-C stops)"
	@export DJANGO_SETTINGS_MODULE=portal.settings.demo; \
		nice $(PY) manage.py create_demo_accounts & \
		exec $(PY) -m gunicorn portal.wsgi --bind 127.0.0.1:$(PORT) --workers 2 --threads 4 --preload \
			--no-control-socket --log-level warning

##@ Test

test: $(TEST_READY) compile-messages $(STATIC_READY) browser ## Run the tests on SQLite (ARGS=… for pytest, BROWSER=required)
	@$(PY) -m pytest -q -n 2 --dist loadfile $(ARGS)

test-full: $(TEST_READY) compile-messages $(STATIC_READY) browser ## The same with whole figures, then on PostgreSQL, Redis and a worker
	@FULL=1 $(PY) -m pytest -q -n 2 --dist loadfile $(ARGS)
	@FULL=1 $(PY) -m tests.on_postgresql $(ARGS)

bench: $(TEST_READY) compile-messages $(STATIC_READY) ## What pages cost, as multiples of a bare view (SIZE=10000, ENGINE=both, CORPUS=…)
	@$(PY) -m tests.bench.portal --size $(SIZE) --engine $(ENGINE) $(if $(CORPUS),--corpus $(CORPUS)) $(ARGS)

bench-weight: $(TEST_READY) compile-messages browser ## Requests and bytes of a first and a repeated visit of each list
	@$(PY) -m tests.bench.weight

bench-first-run: $(TEST_READY) ## Seconds from a fresh clone to the first page, and again
	@$(PY) -m tests.bench.first_run

bench-search: $(TEST_READY) ## Search quality by the development set (skipped where that is not at hand)
	@$(PY) -m tests.bench.search

##@ Develop

lint: $(TEST_READY) | var ## Style, layers, templates, migrations, translations
	$(PY) -m ruff check .
	$(PY) -m ruff format --check .
	$(VENV)/bin/lint-imports
	$(PY) -m djlint --quiet --lint templates
	$(PY) manage.py makemigrations --check --dry-run
	$(PY) manage.py check_translations

format: $(TEST_READY) ## Format the code and mend what can be mended
	@$(PY) -m ruff check --fix .
	@$(PY) -m ruff format .

check: $(RUN_READY) $(STATIC_READY) ## Django's checks and ours, with settings as in production
	@DJANGO_SETTINGS_MODULE=portal.settings.production \
		SECRET_KEY=$$($(PY) -c 'import secrets; print(secrets.token_urlsafe(50))') \
		SITE_URL=https://exchange.example.org ALLOWED_HOSTS=exchange.example.org \
		EMAIL_URL=smtp+tls://user:word@mail.example.org:587 \
		$(PY) manage.py check --deploy --fail-level WARNING

lock: ## Write the lock files anew (maintainers; needs uv)
	@uv pip compile $(LOCK_OPTIONS) --output-file requirements.lock pyproject.toml
	@uv pip compile $(LOCK_OPTIONS) --output-file requirements-dev.lock --constraints requirements.lock --group dev pyproject.toml

clean: ## Remove the virtual environment, caches and the demonstration's data
	@rm -rf $(VENV) var .pytest_cache .ruff_cache .import_linter_cache .hypothesis
	@find $(OUR_CODE) tests -name __pycache__ -type d -prune -exec rm -rf {} +

##@ Translate

messages: $(RUN_READY) ## Collect marked texts into locale/*/LC_MESSAGES/django.po (needs gettext)
	@command -v xgettext >/dev/null || { \
		if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
			apt-get update -qq && $(APT_INSTALL) gettext </dev/null >/dev/null; \
		else echo "xgettext is missing: ask an administrator for the package gettext"; exit 1; fi; }
	@$(PY) -m portal.common.management.commands.makemessages
	@$(MAKE) --no-print-directory compile-messages

check-translations: $(RUN_READY) ## Say what is wrong with the translation files
	@$(PY) manage.py check_translations

compile-messages: $(OUR_LOCALES) ## Compile changed translations (needs no gettext)

# What the targets above need ---------------------------------------------------------------------

LOCK_OPTIONS := --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
	--no-header --no-annotate

$(PY):
	@command -v $(PYTHON) >/dev/null || { \
		echo "No '$(PYTHON)' here. Install Python 3.11 or newer, or: make $(MAKECMDGOALS) PYTHON=/path/to/python3"; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
		for name in python3.13 python3.12 python3.11 /path/to/python3.11; do \
			if command -v $$name >/dev/null; then break; fi; done; \
		echo "$$($(PYTHON) -V) is too old. Use 3.11 or newer: make $(MAKECMDGOALS) PYTHON=$$name"; exit 1; }
	@$(PYTHON) -c 'import ensurepip' 2>/dev/null || { \
		package=$$($(PYTHON) -c 'import sys; print("python%d.%d-venv" % sys.version_info[:2])'); \
		if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
			echo "Installing $$package"; \
			apt-get update -qq && $(APT_INSTALL) $$package </dev/null >/dev/null; \
		else echo "Python has no ensurepip: ask an administrator for the package $$package"; exit 1; fi; }
	@$(PYTHON) -m venv --clear $(VENV)

$(RUN_READY): $(PY)
	@echo "Installing requirements.lock"
	@$(PIP_INSTALL) -r requirements.lock
	@rm -f $(VENV)/.run-* && touch $@

# The development lock holds everything of the other one.
$(TEST_READY): $(PY)
	@echo "Installing requirements-dev.lock"
	@$(PIP_INSTALL) -r requirements-dev.lock
	@rm -f $(VENV)/.test-* $(VENV)/.run-* && touch $@ $(RUN_READY)

%.mo: %.po | $(RUN_READY)
	@$(PY) -c 'import sys, polib; polib.pofile(sys.argv[1]).save_as_mofile(sys.argv[2])' $< $@

var:
	@mkdir -p $@

$(STATIC_READY): | $(RUN_READY) var
	@$(PY) manage.py collectstatic --noinput -v0
	@rm -f var/.static-* && touch $@

# Without its database the stamp means nothing, and another database than the demonstration's has none.
$(DATA_READY): $(if $(DATABASE_URL),always,$(if $(wildcard $(DEMO_DATABASE)),,always)) | $(RUN_READY) var
	@$(PY) manage.py migrate --noinput -v0
	@$(PY) manage.py load_content
	@$(PY) manage.py rebuild_search -v0
	@rm -f var/.data-* && touch $@

free-port:
	@$(PY) -c 'import socket, sys; sys.exit(not socket.socket().connect_ex(("127.0.0.1", $(PORT))))' || { \
		echo "Port $(PORT) is taken. Use another: make run PORT=8001"; exit 1; }

browser:
	@for name in $(CHROMIUM) chromium chromium-browser google-chrome; do \
		if command -v $$name >/dev/null; then exit 0; fi; done; \
	if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
		echo "Installing chromium for the browser tests"; \
		{ apt-get update -qq && $(APT_INSTALL) chromium fonts-noto-core; } </dev/null >/dev/null 2>&1 && exit 0; fi; \
	echo "No browser found: its tests are skipped. Install chromium or set CHROMIUM=/path/to/it"; \
	test "$(BROWSER)" != required
