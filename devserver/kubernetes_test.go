package main

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"

	appsv1 "k8s.io/api/apps/v1"
	corev1 "k8s.io/api/core/v1"
	networkingv1 "k8s.io/api/networking/v1"
	"sigs.k8s.io/yaml"
)

// kubernetesKinds are what the manifests hold, with the types that the cluster reads them into.
var kubernetesKinds = map[string]func() any{
	"v1 Namespace":                                  func() any { return &corev1.Namespace{} },
	"v1 PersistentVolumeClaim":                      func() any { return &corev1.PersistentVolumeClaim{} },
	"v1 Service":                                    func() any { return &corev1.Service{} },
	"apps/v1 Deployment":                            func() any { return &appsv1.Deployment{} },
	"networking.k8s.io/v1 Ingress":                  func() any { return &networkingv1.Ingress{} },
	"networking.k8s.io/v1 NetworkPolicy":            func() any { return &networkingv1.NetworkPolicy{} },
	"kustomize.config.k8s.io/v1beta1 Kustomization": nil, // deploy reads it
}

// TestKubernetesKnowsEveryFieldOfTheManifests reads them as strictly as 'kubectl apply --validate=strict' does. It is here
// since this module has the types of Kubernetes already, by Temporal's server.
func TestKubernetesKnowsEveryFieldOfTheManifests(t *testing.T) {
	files, err := filepath.Glob("../deploy/kubernetes/*.yaml")
	if err != nil || len(files) < 5 {
		t.Fatalf("%d files, %v", len(files), err)
	}
	read := 0
	for _, file := range files {
		raw, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, part := range bytes.Split(raw, []byte("\n---\n")) {
			var head struct{ APIVersion, Kind string }
			if err := yaml.Unmarshal(part, &head); err != nil {
				t.Errorf("%s: %v", file, err)
				continue
			}
			make, known := kubernetesKinds[head.APIVersion+" "+head.Kind]
			switch {
			case !known:
				t.Errorf("%s holds a %s %s", file, head.APIVersion, head.Kind)
			case make != nil:
				read++
				if err := yaml.UnmarshalStrict(part, make()); err != nil {
					t.Errorf("%s: %s: %v", file, head.Kind, err)
				}
			}
		}
	}
	if read < 14 {
		t.Errorf("%d were read", read)
	}
}
