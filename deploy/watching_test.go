package deploy_test

import (
	"encoding/json"
	"maps"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"
)

// promtool is Prometheus' own tool; .ci/run installs it.
func promtool(t *testing.T) string {
	t.Helper()
	path, err := exec.LookPath("promtool")
	if err != nil {
		t.Skip("promtool is not installed (apt-get install prometheus)")
	}
	return path
}

func TestPrometheusUnderstandsItsSettingsAndTheRulesFireWhenTheyMustAndNotElse(t *testing.T) {
	tool := promtool(t)
	dir := filepath.Join("prometheus")
	for _, args := range [][]string{
		{"check", "config", "--syntax-only", filepath.Join(dir, "prometheus.yml")},
		{"check", "rules", filepath.Join(dir, "rules.yml")},
		{"test", "rules", filepath.Join(dir, "rules_test.yml"), filepath.Join(dir, "versions_test.yml")},
	} {
		if out, err := exec.Command(tool, args...).CombinedOutput(); err != nil {
			t.Errorf("promtool %s: %v\n%s", strings.Join(args, " "), err, out)
		}
	}
}

// tried are the alerts of which a file of tests says that they fire, and that they do not.
func tried(t *testing.T, file string) (fires, rests map[string]bool) {
	t.Helper()
	var tests struct {
		Tests []struct {
			Alerts []struct {
				Name string `yaml:"alertname"`
				Exp  []any  `yaml:"exp_alerts"`
			} `yaml:"alert_rule_test"`
		} `yaml:"tests"`
	}
	if err := yaml.Unmarshal([]byte(read(t, file)), &tests); err != nil {
		t.Fatal(err)
	}
	fires, rests = map[string]bool{}, map[string]bool{}
	for _, one := range tests.Tests {
		for _, a := range one.Alerts {
			if len(a.Exp) > 0 {
				fires[a.Name] = true
			} else {
				rests[a.Name] = true
			}
		}
	}
	return fires, rests
}

func TestEveryRuleIsTriedBothWays(t *testing.T) {
	var rules struct {
		Groups []struct {
			Rules []struct {
				Alert       string            `yaml:"alert"`
				Expr        string            `yaml:"expr"`
				Labels      map[string]string `yaml:"labels"`
				Annotations map[string]string `yaml:"annotations"`
			} `yaml:"rules"`
		} `yaml:"groups"`
	}
	if err := yaml.Unmarshal([]byte(read(t, "deploy/prometheus/rules.yml")), &rules); err != nil {
		t.Fatal(err)
	}
	fires, rests := map[string]bool{}, map[string]bool{}
	for _, file := range []string{"deploy/prometheus/rules_test.yml", "deploy/prometheus/versions_test.yml"} {
		f, r := tried(t, file)
		maps.Copy(fires, f)
		maps.Copy(rests, r)
	}
	n := 0
	for _, g := range rules.Groups {
		for _, r := range g.Rules {
			n++
			if !fires[r.Alert] || !rests[r.Alert] {
				t.Errorf("%s is not tried both ways", r.Alert)
			}
			if r.Annotations["summary"] == "" || r.Annotations["description"] == "" ||
				!slices.Contains([]string{"critical", "warning", "info"}, r.Labels["severity"]) {
				t.Errorf("%s does not say what it means: %+v", r.Alert, r)
			}
			if !strings.Contains(read(t, "docs/operations.md"), "`"+r.Alert+"`") {
				t.Errorf("docs/operations.md does not say what to do about %s", r.Alert)
			}
		}
	}
	if n < 7 {
		t.Errorf("there are %d rules", n)
	}
}

func TestTheDashboardIsWholeAndAsksTheDataSourceThatIsSet(t *testing.T) {
	var d struct {
		UID    string
		Title  string
		Panels []struct {
			Title      string
			Type       string
			Datasource struct{ UID string }
			GridPos    struct{ X, Y, W, H int }
			Targets    []struct{ Expr string }
		}
	}
	if err := json.Unmarshal([]byte(read(t, "deploy/grafana/dashboards/holdthering.json")), &d); err != nil {
		t.Fatal(err)
	}
	if d.UID == "" || d.Title == "" || len(d.Panels) < 10 {
		t.Errorf("%q has %d panels", d.Title, len(d.Panels))
	}
	sources := read(t, "deploy/grafana/provisioning/datasources/prometheus.yml")
	for _, p := range d.Panels {
		if p.Title == "" || len(p.Targets) == 0 || p.GridPos.X+p.GridPos.W > 24 || p.GridPos.H == 0 ||
			!strings.Contains(sources, "uid: "+p.Datasource.UID+"\n") {
			t.Errorf("%+v", p)
		}
		for _, target := range p.Targets {
			if target.Expr == "" {
				t.Errorf("%s asks nothing", p.Title)
			}
		}
	}
	mounted := parsed(t).Services["grafana"].Volumes
	if !slices.Contains(mounted, "./deploy/grafana/dashboards:/var/lib/grafana-dashboards:ro") ||
		!strings.Contains(read(t, "deploy/grafana/provisioning/dashboards/holdthering.yml"), "path: /var/lib/grafana-dashboards\n") {
		t.Errorf("Grafana does not find it: %s", mounted)
	}
}
