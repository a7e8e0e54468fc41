package main

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"testing"

	"go.temporal.io/server/common/config"
	"go.temporal.io/server/common/dynamicconfig"
	"gopkg.in/yaml.v3"
)

// environments are those that docker-compose.yml gives to each of its services.
func environments(t *testing.T) map[string]map[string]string {
	t.Helper()
	raw, err := os.ReadFile(filepath.Join("..", "docker-compose.yml"))
	if err != nil {
		t.Fatal(err)
	}
	var compose struct {
		Services map[string]struct {
			Environment map[string]string
		}
	}
	if err := yaml.Unmarshal(raw, &compose); err != nil {
		t.Fatal(err)
	}
	found := map[string]map[string]string{}
	for name, service := range compose.Services {
		found[name] = service.Environment
	}
	return found
}

var envName = regexp.MustCompile(`env "([A-Z0-9_]+)"`)

// namesIn are the variables that a configuration template of a module reads.
func namesIn(t *testing.T, module, path string) []string {
	t.Helper()
	dir, err := exec.Command("go", "list", "-m", "-f", "{{.Dir}}", module).Output()
	if err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(filepath.Join(string(bytes.TrimSpace(dir)), path))
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, match := range envName.FindAllSubmatch(text, -1) {
		names = append(names, string(match[1]))
	}
	return names
}

func TestTheServerAndTheUIReadEveryVariableOfTheComposeFile(t *testing.T) {
	services := environments(t)
	for service, known := range map[string][]string{
		"temporal": namesIn(t, "go.temporal.io/server",
			"common/config/config_template_embedded.yaml"),
		"temporal-ui": namesIn(t, "github.com/temporalio/ui-server/v2", "config/docker.yaml"),
	} {
		if len(services[service]) == 0 || len(known) < 20 {
			t.Errorf("%s: %d variables, %d known", service, len(services[service]), len(known))
		}
		for name := range services[service] {
			if !slices.Contains(known, name) {
				t.Errorf("%s does not read %s", service, name)
			}
		}
	}
}

func TestTheServersConfigurationFromTheComposeFileIsPostgreSQL(t *testing.T) {
	for name, value := range environments(t)["temporal"] {
		t.Setenv(name, value)
	}
	t.Setenv("POSTGRES_PWD", "from the secret")
	cfg, err := config.Load(config.WithEmbedded())
	if err != nil {
		t.Fatal(err)
	}
	if err := cfg.Validate(); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{cfg.Persistence.DefaultStore, cfg.Persistence.VisibilityStore} {
		sql := cfg.Persistence.DataStores[name].SQL
		if sql == nil || sql.PluginName != "postgres12" || sql.ConnectAddr != "postgresql:5432" ||
			sql.User != "temporal" || sql.Password != "from the secret" {
			t.Errorf("store %s: %+v", name, sql)
		}
	}
	if cfg.Persistence.NumHistoryShards != 512 {
		t.Errorf("%d shards: a database with cases in it needs the number it began with",
			cfg.Persistence.NumHistoryShards)
	}
}

func TestTheSettingsOfTheComposeFileAreKnownToTheServer(t *testing.T) {
	raw, err := os.ReadFile(filepath.Join("..", "deploy", "dynamicconfig.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	loaded := dynamicconfig.LoadYamlFile(raw)
	if len(loaded.Errors) > 0 || len(loaded.Warnings) > 0 || len(loaded.Map) == 0 {
		t.Errorf("%d settings, errors %v, warnings %v",
			len(loaded.Map), loaded.Errors, loaded.Warnings)
	}
	for _, key := range []dynamicconfig.Key{
		dynamicconfig.WorkflowTimeSkippingEnabled.Key(),
		dynamicconfig.MakeKey("system.workflowTimeSkippingEnabled"),
	} {
		if _, set := loaded.Map[key]; set {
			t.Errorf("%v is set where real cases run", key)
		}
	}
}
