# The command palette: `make` alone lists it. Underneath, everything is meson.

BUILD ?= build
PREFIX ?= /usr/local
CRASH_ROUNDS ?= 5000
# Warnings are errors where nobody reads them.
SETUP = meson setup $(if $(CI),-Dwerror=true)
TEST = tests/run-suite

# The one list of what the house stands on, by Debian's names.
build_packages = gcc libc6-dev meson ninja-build pkg-config gettext \
  libglib2.0-dev libglib2.0-dev-bin libgtk-4-dev libadwaita-1-dev libsoup-3.0-dev \
  libjson-glib-dev libsecret-1-dev libsqlite3-dev libxml2-utils desktop-file-utils
run_packages = adwaita-icon-theme ca-certificates dbus-daemon fonts-cantarell \
  fonts-dejavu-core glib-networking gnome-keyring gsettings-desktop-schemas gtk-update-icon-cache \
  librsvg2-common xauth xvfb
test_packages = appstream curl fish man-db nginx-light openssl python3 shellcheck sqlite3 zsh
browser_packages = chromium nginx-light
fuzz_packages = clang libclang-rt-dev
oracle_packages = nodejs npm
load_packages = nginx-light wrk
dist_packages = git xz-utils
flatpak_packages = flatpak
standin_packages = flatpak flatpak-builder elfutils debootstrap xdg-desktop-portal xdg-desktop-portal-gtk
bootstrap_packages = debootstrap
format_packages = clang-format
# What a Debian 13 tree holds, to test in and to make a stand-in runtime of.
tree_packages = make $(build_packages) $(run_packages) $(test_packages)

.DEFAULT_GOAL := help
.PHONY: help deps build run test test-sanitize test-browser bench fuzz oracle load crash together \
  dist install uninstall flatpak flatpak-check debian13 fresh format clean

help: ## list these targets
	@sed -n 's/^\([a-z0-9-]*\):.*## \(.*\)/\1|\2/p' $(MAKEFILE_LIST) | \
	  while IFS='|' read -r name words; do printf '  make %-14s %s\n' "$$name" "$$words"; done

deps: ## install what is missing to build, run and test
	@.ci/deps $(build_packages) $(run_packages) $(test_packages)

deps-%:
	@.ci/deps $($*_packages)

build: deps-build ## build the three programs into build/src/
	@[ -f $(BUILD)/build.ninja ] || $(SETUP) $(BUILD)
	@ninja -C $(BUILD)

run: deps-run build ## open the window on a demo server (without a display: the same journey in Xvfb)
	@tests/e2e/run $(BUILD)

test: deps build ## run every test
	@$(TEST) $(BUILD) --no-suite browser

test-sanitize: deps ## run every test under AddressSanitizer and UBSan
	@[ -f build-sanitize/build.ninja ] || \
	  $(SETUP) -Db_sanitize=address,undefined -Db_lundef=false build-sanitize
	@ninja -C build-sanitize
	@$(TEST) build-sanitize --no-suite browser --no-suite packaging --timeout-multiplier 4

test-browser: deps deps-browser build ## see the generated headers obeyed by Chromium and nginx
	@$(TEST) $(BUILD) --suite browser

bench: deps deps-load build ## measure speed, beside a reference in the same run
	@meson test -C $(BUILD) --no-rebuild --benchmark --verbose

fuzz: deps-build deps-fuzz ## fuzz each parser (FUZZ="NAME ...", FUZZ_SECONDS=300)
	@[ -f build-fuzz/build.ninja ] || CC=clang meson setup -Db_lundef=false \
	  -Db_sanitize=address,undefined -Dc_args=-fsanitize=fuzzer-no-link build-fuzz
	@ninja -C build-fuzz
	@tests/fuzz/run.sh build-fuzz $(FUZZ)

oracle: deps build ## compare with independent implementations from npm
	@command -v npm >/dev/null || .ci/deps $(oracle_packages)
	@tests/oracle/run.sh $(BUILD)

load: deps deps-load build ## hold the server under a minute of mixed load
	@tests/load/run.sh $(BUILD)

crash: deps build ## kill the programs at random moments, for long (ROUNDS=3000)
	@tests/run-with-keyring.sh none tests/crash/run.py \
	  $(abspath $(BUILD))/src/gatehousectl $(abspath $(BUILD))/src/gatehouse-server $(or $(ROUNDS),3000)

together: deps build ## edit in a window and on the command line at once, for long (SECONDS=60)
	@tests/run-with-keyring.sh none tests/e2e/two-writers.py \
	  $(abspath $(BUILD))/src/gatehousectl $(abspath $(BUILD))/src/gatehouse-server \
	  $(abspath $(BUILD))/tests/e2e/window-editor $(or $(SECONDS),60)

dist: deps deps-dist build ## make the source archive, then build and test from it
	@.ci/dist $(BUILD)

install: build ## install below PREFIX (default /usr/local; DESTDIR is honoured)
	@meson configure $(BUILD) -Dprefix=$(PREFIX)
	@meson install -C $(BUILD) --strip

uninstall: ## remove what `make install` put there
	@data/uninstall $(BUILD)

flatpak: deps-flatpak ## build/gatehouse.flatpak, on the GNOME runtime from Flathub
	@mkdir -p $(BUILD)
	@flatpak/build $(BUILD)

flatpak-check: deps-standin ## build and run the Flatpak on a stand-in runtime, without any remote
	@mkdir -p $(BUILD)
	@flatpak/check $(BUILD) $(tree_packages)

debian13: deps-bootstrap ## build and test in a Debian 13 tree of its own
	@mkdir -p $(BUILD)
	@.ci/debian13 $(BUILD) $(tree_packages)

fresh: deps-bootstrap ## try the README's two commands in empty Debian 12 and 13 trees
	@mkdir -p $(BUILD)
	@.ci/fresh $(BUILD) bookworm trixie

format: deps-format ## lay out the C sources
	@clang-format -i $$(find src tests -name '*.[ch]')

clean: ## remove what was built
	@rm -rf $(BUILD) build-sanitize build-fuzz
