# Needs Go, git and make, nothing else. `make` alone lists the targets.

.POSIX:

help:
	@echo 'make demo    play a failure of care from trigger to closing, on a real server'
	@echo 'make dev     run the server, its UI and the workers; data in ./var; Ctrl-C stops'
	@echo 'make backup  all the data, and never the key, into one archive in ./backups, or TO=FILE'
	@echo 'make restore FROM=FILE  put a backup into an empty ./var; LOST=TIME: until then the lost one ran'
	@echo 'make build   build the programs into ./bin'
	@echo 'make install  starter, worker, manual pages and completion below PREFIX (/usr/local); DESTDIR= for packagers'
	@echo 'make release  what others run, for Linux, macOS and Windows, with checksums, in ./dist; minutes'
	@echo 'make test    all tests, those on the embedded server as well'
	@echo 'make test-team  a team server on PostgreSQL, killed and restored; wants postgresql installed; minutes'
	@echo 'make race    the tests that need no server, under the race detector; fewer random cases'
	@echo 'make campaign  try whether mails are lost or doubled when much goes wrong; up to 90 minutes; SEED=1'
	@echo 'make campaign-thousand  the same with 1,000 short cases; up to 30 minutes; SEED=1'
	@echo 'make campaign-team  the same with 250 on PostgreSQL, which is killed too; wants postgresql installed; SEED=1'
	@echo 'make contract  every kind of notice, sent to the mail service as its maker describes it; installs Prism with npm'
	@echo 'make lint    gofmt, go vet, staticcheck, workflowcheck'
	@echo 'make rules   break each rule in turn, and see a test that carries its number fail; minutes'
	@echo 'make mutants 600 small breaks of the rules, chosen by SEED, and 200 of their tables'
	@echo 'make bench   what a case and a command take, as a table with goals; the desk; random cases tried in a second'
	@echo 'make scale   1,000 open cases and 29 groups at once, as a table; minutes; CASES=200 for fewer'
	@echo 'make clean   remove ./bin; ./var, the data, stays'

# The worker is not told its commit: its content is its number in the deployment, and one that is
# the same after a commit goes on with its cases.
COMMIT = $$(git describe --always --dirty --abbrev=12 2>/dev/null)

build:
	go build -trimpath -buildvcs=false -o bin/ ./worker
	go build -trimpath -buildvcs=false -ldflags "-X holdthering/version.commit=$(COMMIT)" -o bin/ ./starter ./launch

man:
	go run ./starter/man bin/share

PREFIX = /usr/local
DESTDIR =
install: build man
	mkdir -p '$(DESTDIR)$(PREFIX)/bin' '$(DESTDIR)$(PREFIX)/share/man/man1' \
	  '$(DESTDIR)$(PREFIX)/share/bash-completion/completions' '$(DESTDIR)$(PREFIX)/share/zsh/site-functions' \
	  '$(DESTDIR)$(PREFIX)/share/fish/vendor_completions.d'
	install -m 755 bin/starter bin/worker '$(DESTDIR)$(PREFIX)/bin/'
	install -m 644 bin/share/man1/*.1 '$(DESTDIR)$(PREFIX)/share/man/man1/'
	install -m 644 bin/share/completion/starter.bash '$(DESTDIR)$(PREFIX)/share/bash-completion/completions/starter'
	install -m 644 bin/share/completion/_starter '$(DESTDIR)$(PREFIX)/share/zsh/site-functions/_starter'
	install -m 644 bin/share/completion/starter.fish '$(DESTDIR)$(PREFIX)/share/fish/vendor_completions.d/starter.fish'

# Built without C, so that a program runs whatever the system has.
PLATFORMS = linux/amd64 linux/arm64 darwin/amd64 darwin/arm64 windows/amd64
release: man
	rm -rf dist && mkdir dist
	@set -e; for p in $(PLATFORMS); do \
	  os=$${p%/*}; arch=$${p#*/}; name=holdthering-$$os-$$arch; ext=; test $$os != windows || ext=.exe; \
	  echo "$$name"; mkdir dist/$$name; export CGO_ENABLED=0 GOOS=$$os GOARCH=$$arch; \
	  go build -trimpath -buildvcs=false -o dist/$$name/worker$$ext ./worker; \
	  go build -trimpath -buildvcs=false -ldflags "-X holdthering/version.commit=$(COMMIT)" \
	    -o dist/$$name/starter$$ext ./starter; \
	  cp -R LICENSE README.md CHANGELOG.md bin/share scenarios dist/$$name/; \
	  mkdir dist/$$name/docs dist/$$name/data; cp docs/*.md dist/$$name/docs/; cp data/directory.csv dist/$$name/data/; \
	  tar -C dist -czf dist/$$name.tar.gz $$name; rm -r dist/$$name; done
	@cd dist && { sha256sum *.tar.gz 2>/dev/null || shasum -a 256 *.tar.gz; } >SHA256SUMS && cat SHA256SUMS

demo: build
	@bin/launch demo

dev: build
	@bin/launch dev

TO =
backup: build
	@set --; test -z '$(TO)' || set -- '$(TO)'; bin/launch backup "$$@"

FROM =
LOST =
restore: build
	@test -n '$(FROM)' || { echo 'make restore FROM=FILE'; exit 2; }
	@set -- '$(FROM)'; test -z '$(LOST)' || set -- "$$@" --lost-at '$(LOST)'; bin/launch restore "$$@"

# The server's own tests go without vet, which would look through all the server depends on.
test: build
	bin/launch prepare
	HTR_E2E=1 go test ./...
	cd tools && go test ./mutants
	cd devserver && GOTOOLCHAIN=auto go test -vet=off -tags disable_grpc_modules ./...
	@echo 'Left out: the tests on PostgreSQL (make test-team).'
	@for tool in promtool caddy; do command -v $$tool >/dev/null || echo "Left out: what $$tool checks in deploy/, since it is not installed (.ci/watch installs it)."; done

# Temporal's own server on a PostgreSQL of the test's own, set up, backed up and restored by the scripts of
# deploy/. It builds that server once, into the user's cache.
test-team: build
	bin/launch prepare team
	HTR_TEAM=1 go test -count=1 -timeout 20m -v ./e2e/team

race:
	HTR_CASES=60 HTR_GROUPS=20 HTR_TWINS=5 go test -race -timeout 30m ./...

# Cases on the server with mail services that refuse, delay, cut off and lie, while workers and the
# server are killed, keys lost, cases terminated and disks full.
SEED = 1
campaign: build
	@go run ./e2e/campaign -worker bin/worker -seed $(SEED)

# The same with 1,000 short cases, 250 in each way, all ways at once.
campaign-thousand: build
	@go run ./e2e/campaign -worker bin/worker -short -seed $(SEED)

# The same on a team's server: PostgreSQL is killed as well.
ON_TEAM = -short -cases 250 -only events -storm 60s -limit 30m
campaign-team: build
	bin/launch prepare team
	HTR_TEAM=1 go test -count=1 -timeout 60m -v ./e2e/team -run Campaign -campaign '$(ON_TEAM) -seed $(SEED)'

# A strict mock, served from the description that the mail service publishes of its interface.
contract:
	.ci/sendgrid

lint: tools
	@unformatted=$$(gofmt -l .); test -z "$$unformatted" || { echo "not gofmt'd: $$unformatted"; exit 1; }
	go vet ./...
	bin/staticcheck ./...
	bin/workflowcheck -test=false -config tools/workflowcheck.yaml ./workflows/...

RANDOM_CASES = HTR_CASES=30 HTR_GROUPS=10 HTR_TWINS=5
PROFILE = ../regime/profiles/england_2013.json
REGIME = ../regime ../regime/ledger ../regime/failure ../regime/surveillance

rules:
	cd tools && $(RANDOM_CASES) go run ./mutants -rules ../regime/rules.json -data $(PROFILE) $(REGIME) >../rules.log

mutants:
	cd tools && $(RANDOM_CASES) go run ./mutants -sample 600 -seed $(SEED) $(REGIME)
	cd tools && $(RANDOM_CASES) go run ./mutants -sample 200 -seed $(SEED) -data $(PROFILE) $(REGIME)
	cd tools && go run ./mutants ../regime/calendar

# One row needs PostgreSQL, and Temporal's own server as make test-team builds it.
bench: build
	bin/launch prepare team
	@go run ./e2e/bench
	@echo 'The front page of the desk with 1,000 cases and 29 groups, as times of a bare page of the same rows; goal: 1.5'
	go test -run '^$$' -bench FrontPage -benchtime 3x ./desk
	go test -run '^$$' -bench Random -benchtime 10000x ./regime/failure ./regime/surveillance
	go test -run '^$$' -bench Thousand -benchtime 20x ./starter/cli

# Many open cases and groups on one site, and a storm of reminders; minutes, and most of the machine.
CASES = 1000
GROUPS = 29
scale: build
	@go run ./e2e/bench -scale -cases $(CASES) -groups $(GROUPS)

tools:
	cd tools && go build -o ../bin/ tool

clean:
	rm -rf bin dist rules.log

.PHONY: help build man install release demo dev backup restore test test-team race campaign campaign-thousand campaign-team contract lint rules mutants bench scale tools clean
