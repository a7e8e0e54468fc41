package deploy_test

import (
	"bytes"
	"errors"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"
)

// object is as much of a manifest as these tests look at; whether the cluster knows all of it is tested in devserver.
type object struct {
	Kind     string
	Metadata struct{ Name string }
	Spec     struct {
		Replicas int
		Selector yaml.Node
		Ports    []struct {
			Port       int
			TargetPort int `yaml:"targetPort"`
		}
		PodSelector struct {
			MatchLabels map[string]string `yaml:"matchLabels"`
		} `yaml:"podSelector"`
		Template struct {
			Metadata struct{ Labels map[string]string }
			Spec     pod
		}
	}
}

type pod struct {
	AutomountServiceAccountToken *bool `yaml:"automountServiceAccountToken"`
	SecurityContext              struct {
		RunAsNonRoot bool `yaml:"runAsNonRoot"`
	} `yaml:"securityContext"`
	Containers []struct {
		Image   string
		Command []string
		Args    []string
		Env     []struct{ Name, Value string }
		Ports   []struct {
			ContainerPort int `yaml:"containerPort"`
		}
		Liveness        probe `yaml:"livenessProbe"`
		Readiness       probe `yaml:"readinessProbe"`
		SecurityContext struct {
			AllowPrivilegeEscalation *bool `yaml:"allowPrivilegeEscalation"`
			ReadOnlyRootFilesystem   bool  `yaml:"readOnlyRootFilesystem"`
			Capabilities             struct{ Drop, Add []string }
		} `yaml:"securityContext"`
	}
	Volumes []struct {
		Name   string
		Secret struct{ Items []struct{ Key, Path string } }
	}
}

type probe struct {
	HTTPGet struct{ Path string } `yaml:"httpGet"`
}

// manifests are what kustomize puts together: every resource that is named, by kind and name.
func manifests(t *testing.T) map[string]object {
	t.Helper()
	var k struct{ Resources []string }
	if err := yaml.Unmarshal([]byte(read(t, "deploy/kubernetes/kustomization.yaml")), &k); err != nil {
		t.Fatal(err)
	}
	there, err := filepath.Glob("kubernetes/*.yaml")
	if err != nil || len(there) != len(k.Resources)+1 {
		t.Errorf("%d files, of which %d are named", len(there)-1, len(k.Resources))
	}
	out := map[string]object{}
	for _, file := range k.Resources {
		raw, err := os.ReadFile(filepath.Join("kubernetes", file))
		if err != nil {
			t.Fatal(err)
		}
		for d := yaml.NewDecoder(bytes.NewReader(raw)); ; {
			var o object
			if err := d.Decode(&o); errors.Is(err, io.EOF) {
				break
			} else if err != nil {
				t.Fatalf("%s: %v", file, err)
			}
			out[o.Kind+" "+o.Metadata.Name] = o
		}
	}
	return out
}

// TestComposeAndKubernetesNameTheSameSettings: what one site can set, the other can.
func TestComposeAndKubernetesNameTheSameSettings(t *testing.T) {
	services, objects := parsed(t).Services, manifests(t)
	mail := map[string]string{}
	for line := range strings.Lines(read(t, "deploy/mail.env")) {
		if name, value, ok := strings.Cut(strings.TrimSpace(line), "="); ok && !strings.HasPrefix(name, "#") {
			mail[name] = value
		}
	}
	for _, name := range []string{"worker", "worker-before", "pages", "desk"} {
		want := maps.Clone(services[name].Environment)
		if len(services[name].EnvFile) > 0 {
			maps.Copy(want, mail)
		}
		c := objects["Deployment "+name].Spec.Template.Spec.Containers
		if len(c) != 1 {
			t.Fatalf("%s has %d containers", name, len(c))
		}
		got := map[string]string{}
		for _, e := range c[0].Env {
			got[e.Name] = e.Value
		}
		if a, b := slices.Sorted(maps.Keys(want)), slices.Sorted(maps.Keys(got)); !slices.Equal(a, b) {
			t.Errorf("%s\nin the composition: %s\nin Kubernetes:      %s", name, a, b)
		}
		for key, value := range want {
			own := strings.Contains(value, "${") || key == "TEMPORAL_ADDRESS" || mail[key] != ""
			if !own && got[key] != value {
				t.Errorf("%s: %s is %q in the composition and %q in Kubernetes", name, key, value, got[key])
			}
		}
		command := slices.Concat(c[0].Command, c[0].Args)
		if want := slices.Concat(services[name].Entrypoint, services[name].Command); !slices.Equal(want, command) {
			t.Errorf("%s runs %q in the composition and %q in Kubernetes", name, want, command)
		}
	}
}

func TestEveryPodGivesUpWhatItDoesNotNeedAndSaysHowItIs(t *testing.T) {
	services := parsed(t).Services
	for key, o := range manifests(t) {
		if o.Kind != "Deployment" {
			continue
		}
		p := o.Spec.Template.Spec
		c := p.Containers[0]
		if p.AutomountServiceAccountToken == nil || *p.AutomountServiceAccountToken || !p.SecurityContext.RunAsNonRoot ||
			c.SecurityContext.AllowPrivilegeEscalation == nil || *c.SecurityContext.AllowPrivilegeEscalation ||
			!c.SecurityContext.ReadOnlyRootFilesystem || !slices.Equal(c.SecurityContext.Capabilities.Drop, []string{"ALL"}) ||
			len(c.SecurityContext.Capabilities.Add) > 0 {
			t.Errorf("%s keeps what it does not need: %+v", key, c.SecurityContext)
		}
		if c.Liveness.HTTPGet.Path != "/healthz" || c.Readiness.HTTPGet.Path != "/readyz" {
			t.Errorf("%s is asked at %+v and %+v", key, c.Liveness, c.Readiness)
		}
		var secrets []string
		for _, v := range p.Volumes {
			for _, i := range v.Secret.Items {
				secrets = append(secrets, i.Key)
			}
		}
		want := slices.DeleteFunc(slices.Clone(services[o.Metadata.Name].Secrets), func(s string) bool { return s == "sendgrid" })
		if slices.Sort(secrets); !slices.Equal(secrets, slices.Sorted(slices.Values(want))) {
			t.Errorf("%s holds the secrets %s, and %s in the composition", key, secrets, want)
		}
	}
}

func TestEveryServiceAndPolicyMeetsPodsAtPortsThatAreOpen(t *testing.T) {
	objects := manifests(t)
	for key, o := range objects {
		var labels map[string]string
		switch o.Kind {
		case "Service":
			if err := o.Spec.Selector.Decode(&labels); err != nil {
				t.Fatal(err)
			}
		case "NetworkPolicy":
			if labels = o.Spec.PodSelector.MatchLabels; labels == nil {
				continue // all pods
			}
		default:
			continue
		}
		d, ok := objects["Deployment "+labels["app"]]
		if !ok || d.Spec.Template.Metadata.Labels["app"] != labels["app"] {
			t.Errorf("%s meets no pod: %v", key, labels)
			continue
		}
		for _, p := range o.Spec.Ports {
			open := false
			for _, c := range d.Spec.Template.Spec.Containers[0].Ports {
				open = open || c.ContainerPort == p.TargetPort
			}
			if !open {
				t.Errorf("%s leads to port %d, which nobody opens", key, p.TargetPort)
			}
		}
	}
	if objects["Deployment worker-before"].Spec.Replicas != 0 || objects["Deployment desk"].Spec.Replicas != 1 {
		t.Error("the version before runs without being asked for, or two desks know each other's people not")
	}
}
