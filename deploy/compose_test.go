package deploy_test

import (
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"

	"holdthering/activities/mail/choose"
	"holdthering/environ"
	"holdthering/environ/hosts"
)

type service struct {
	Image       string            `yaml:"image"`
	Profiles    []string          `yaml:"profiles"`
	Build       build             `yaml:"build"`
	Environment map[string]string `yaml:"environment"`
	EnvFile     []string          `yaml:"env_file"`
	Ports       []string          `yaml:"ports"`
	Volumes     []string          `yaml:"volumes"`
	Secrets     []string          `yaml:"secrets"`
	Networks    []string          `yaml:"networks"`
	Command     []string          `yaml:"command"`
	Entrypoint  []string          `yaml:"entrypoint"`
	NetworkMode string            `yaml:"network_mode"`
	ReadOnly    bool              `yaml:"read_only"`
	SecurityOpt []string          `yaml:"security_opt"`
	CapDrop     []string          `yaml:"cap_drop"`
	CapAdd      []string          `yaml:"cap_add"`
	Tmpfs       []string          `yaml:"tmpfs"`
	DependsOn   map[string]struct {
		Condition string `yaml:"condition"`
	} `yaml:"depends_on"`
	HealthCheck *struct {
		Test []string `yaml:"test"`
	} `yaml:"healthcheck"`
}

type build struct {
	Context    string `yaml:"context"`
	Dockerfile string `yaml:"dockerfile"`
}

type compose struct {
	Services map[string]service  `yaml:"services"`
	Volumes  map[string]struct{} `yaml:"volumes"`
	Secrets  map[string]struct {
		File string `yaml:"file"`
	} `yaml:"secrets"`
}

func parsed(t *testing.T) compose {
	t.Helper()
	var c compose
	if err := yaml.Unmarshal([]byte(read(t, "docker-compose.yml")), &c); err != nil {
		t.Fatal(err)
	}
	return c
}

// read gives a file of the project by its path from the top.
func read(t *testing.T, path string) string {
	t.Helper()
	raw, err := os.ReadFile(filepath.Join("..", path))
	if err != nil {
		t.Fatal(err)
	}
	return string(raw)
}

func TestEveryImageIsOfANamedRelease(t *testing.T) {
	release := regexp.MustCompile(`^[a-z/-]+:v?\d+\.\d+`)
	for name, s := range parsed(t).Services {
		if strings.HasPrefix(s.Image, "hold-the-ring-worker:") {
			continue // ours
		}
		if !release.MatchString(s.Image) {
			t.Errorf("%s runs %q", name, s.Image)
		}
	}
}

func TestTheImagesThatTheWorkerIsBuiltOnAreOfANamedRelease(t *testing.T) {
	from := regexp.MustCompile(`(?m)^FROM (\S+)`)
	dockerfile := read(t, parsed(t).Services["worker"].Build.Dockerfile)
	for _, match := range from.FindAllStringSubmatch(dockerfile, -1) {
		if image := match[1]; image != "scratch" && !regexp.MustCompile(`:\d+\.\d+`).MatchString(image) {
			t.Errorf("FROM %s", image)
		}
	}
}

func TestNothingIsPublishedBeyondThisHost(t *testing.T) {
	services := parsed(t).Services
	for name, s := range services {
		for _, port := range s.Ports {
			chosen := name == "proxy" && strings.HasPrefix(port, "${HTR_PROXY_ADDRESS:-127.0.0.1}:")
			if !strings.HasPrefix(port, "127.0.0.1:") && !chosen {
				t.Errorf("%s publishes %s", name, port)
			}
		}
		if s.NetworkMode != "" && (name != "codec" || !slices.Contains(s.Entrypoint, "127.0.0.1:8234") ||
			!slices.Equal(s.Profiles, []string{"codec"})) {
			t.Errorf("%s is in the network %q", name, s.NetworkMode)
		}
	}
	if ports := services["postgresql"].Ports; len(ports) > 0 {
		t.Errorf("the database is published: %s", ports)
	}
}

func TestNoPasswordStandsInTheComposeFile(t *testing.T) {
	c := parsed(t)
	for name, s := range c.Services {
		for variable, value := range s.Environment {
			secret := strings.Contains(variable, "PASSWORD") || strings.Contains(variable, "PWD") ||
				strings.Contains(variable, "KEY")
			if secret && !strings.HasPrefix(value, "/run/secrets/") {
				t.Errorf("%s: %s=%s", name, variable, value)
			}
		}
		for _, secret := range s.Secrets {
			if _, ok := c.Secrets[secret]; !ok {
				t.Errorf("%s wants the secret %s, which is not there", name, secret)
			}
		}
	}
	for name, s := range c.Secrets {
		if filepath.Dir(s.File) != filepath.Join("deploy", "secrets") {
			t.Errorf("the secret %s is in %s, where git sees it", name, s.File)
		}
	}
	if ignored := read(t, "deploy/secrets/.gitignore"); !strings.HasPrefix(ignored, "*\n") {
		t.Errorf("git sees the secrets: %q", ignored)
	}
}

func TestWhatIsMountedIsThere(t *testing.T) {
	c := parsed(t)
	for name, s := range c.Services {
		for _, volume := range s.Volumes {
			source, _, _ := strings.Cut(volume, ":")
			_, named := c.Volumes[source]
			_, err := os.Stat(filepath.Join("..", source))
			if !named && err != nil {
				t.Errorf("%s mounts %s: %v", name, source, err)
			}
		}
		for _, file := range s.EnvFile {
			read(t, file)
		}
	}
	data := c.Services["postgresql"].Volumes
	if !slices.Contains(data, "postgresql:/var/lib/postgresql/data") {
		t.Errorf("the database's data is in %s", data)
	}
}

func TestTheServicesStartInOrder(t *testing.T) {
	services := parsed(t).Services
	for _, step := range []struct{ name, after, when string }{
		{"temporal-schema", "postgresql", "service_healthy"},
		{"temporal", "temporal-schema", "service_completed_successfully"},
		{"temporal-namespace", "temporal", "service_healthy"},
		{"temporal-ui", "temporal", "service_healthy"},
		{"worker", "temporal-namespace", "service_completed_successfully"},
	} {
		if got := services[step.name].DependsOn[step.after].Condition; got != step.when {
			t.Errorf("%s waits for %s: %q, not %q", step.name, step.after, got, step.when)
		}
		if step.when == "service_healthy" && services[step.after].HealthCheck == nil {
			t.Errorf("%s has no health check", step.after)
		}
	}
}

// TestTheVersionBeforeRunsBesideTheNewOneAndIsNeverBuiltAnew: a case in the middle of a chapter
// cannot go on with another program.
func TestTheVersionBeforeRunsBesideTheNewOneAndIsNeverBuiltAnew(t *testing.T) {
	services := parsed(t).Services
	current, before := services["worker"], services["worker-before"]
	for name, s := range map[string]service{"worker": current, "worker-before": before} {
		if id := s.Environment["HTR_BUILD_ID"]; s.Environment["HTR_DEPLOYMENT"] == "" || id == "" ||
			s.Image != "hold-the-ring-worker:"+id {
			t.Errorf("%s is version %q of the image %s", name, id, s.Image)
		}
	}
	if current.Environment["HTR_MAKE_CURRENT"] != "yes" || current.Build.Dockerfile == "" || len(current.Profiles) > 0 {
		t.Errorf("new cases do not go to the newest: %+v", current)
	}
	if before.Environment["HTR_MAKE_CURRENT"] == "yes" || before.Build.Dockerfile != "" || len(before.Profiles) != 1 {
		t.Errorf("the version before is built anew, or takes new cases: %+v", before)
	}
	if !reflect.DeepEqual(current.Volumes, before.Volumes) || !reflect.DeepEqual(current.Secrets, append(before.Secrets, "pages-apart")) || // the current one alone answers the pages

		!reflect.DeepEqual(current.EnvFile, before.EnvFile) {
		t.Errorf("they see other things: %+v and %+v", current, before)
	}
}

func TestTheUIIsToLookAndNotToAct(t *testing.T) {
	ui := parsed(t).Services["temporal-ui"].Environment
	if ui["TEMPORAL_DISABLE_WRITE_ACTIONS"] != "true" {
		t.Errorf("%v", ui)
	}
}

func TestTheNamespaceIsTheWorkersAndIsKeptForThreeYears(t *testing.T) {
	services := parsed(t).Services
	namespace := services["worker"].Environment["TEMPORAL_NAMESPACE"]
	script := read(t, "deploy/namespace.sh")
	if !strings.Contains(script, "create --namespace "+namespace+" --retention 1095d") {
		t.Errorf("%q is not what the script makes", namespace)
	}
	if shown := services["temporal-ui"].Environment["TEMPORAL_DEFAULT_NAMESPACE"]; shown != namespace {
		t.Errorf("the UI shows %q", shown)
	}
}

func TestWorkerAndDeskTakeSeveralHostsOfTheServerAndBeginWithItsOwn(t *testing.T) {
	services := parsed(t).Services
	for _, name := range []string{"worker", "worker-before", "desk"} {
		value := services[name].Environment["TEMPORAL_ADDRESS"]
		own, ok := strings.CutPrefix(value, "${HTR_TEMPORAL_ADDRESS:-")
		if own, closed := strings.CutSuffix(own, "}"); !ok || !closed || own != "temporal:7233" {
			t.Errorf("%s asks at %q", name, value)
		}
	}
	if _, there := services["temporal"]; !there {
		t.Error("there is no server of its own")
	}
	_, told, ok := strings.Cut(read(t, "deploy/README.md"), "HTR_TEMPORAL_ADDRESS=")
	several, _, _ := strings.Cut(told, "`")
	if err := environ.CheckAddresses("TEMPORAL_ADDRESS", several); !ok || err != nil || len(hosts.Split(several)) != 2 {
		t.Errorf("%q is what the site is told to name: %v", several, err)
	}
}

func TestTheMailSettingsAreUnderstood(t *testing.T) {
	settings := map[string]string{}
	for line := range strings.Lines(read(t, "deploy/mail.env")) {
		name, value, ok := strings.Cut(strings.TrimSpace(line), "=")
		if ok && !strings.HasPrefix(name, "#") {
			settings[name] = value
		}
	}
	channel, said, err := choose.FromEnv(func(name string) string { return settings[name] })
	if err != nil {
		t.Fatal(err)
	}
	if channel.Name() != "smtp" || !strings.Contains(said, "mail:1025") {
		t.Errorf("mail goes by %s: %s", channel.Name(), said)
	}
}

// The service that the world reaches: see docs/pages.md.
func TestThePagesHoldNoKeyButTheirOwnAndReachTheWorkerAlone(t *testing.T) {
	c := parsed(t)
	p := c.Services["pages"]
	if !slices.Equal(p.Secrets, []string{"pages-apart"}) || !slices.Equal(p.Networks, []string{"pages", "proxied", "watched"}) ||
		!slices.Equal(p.Command, []string{"--only", "pages"}) || len(p.EnvFile) > 0 || len(p.Volumes) > 0 {
		t.Errorf("%+v", p)
	}
	for name := range p.Environment {
		if strings.HasPrefix(name, "TEMPORAL_") || name == "HTR_KEY_FILE" || name == "HTR_PAGES_KEY_FILE" {
			t.Errorf("it has %s", name)
		}
	}
	for network, others := range map[string][]string{"pages": {"worker"}, "proxied": {"proxy"}, "watched": {"prometheus"}} {
		for name, s := range c.Services {
			if slices.Contains(s.Networks, network) && name != "pages" && !slices.Contains(others, name) {
				t.Errorf("%s is in the network %s of the pages", name, network)
			}
		}
	}
	w := c.Services["worker"]
	if w.Environment["HTR_PAGES_APART_KEY_FILE"] != p.Environment["HTR_PAGES_APART_KEY_FILE"] ||
		p.Environment["HTR_PAGES_WORKER"] != "http://worker:"+strings.TrimPrefix(w.Environment["HTR_PAGES_APART_ADDRESS"], "0.0.0.0:") {
		t.Errorf("the pages do not find the worker: %v", w.Environment)
	}
}
