package main

import (
	"errors"
	"fmt"
	"io/fs"
	"net/http"
	"time"

	"github.com/labstack/echo/v4"
	"github.com/labstack/echo/v4/middleware"
	"github.com/temporalio/ui-server/v2/server/api"
	"github.com/temporalio/ui-server/v2/server/auth"
	uiconfig "github.com/temporalio/ui-server/v2/server/config"
	"github.com/temporalio/ui-server/v2/server/csrf"
	"github.com/temporalio/ui-server/v2/server/headers"
	"github.com/temporalio/ui-server/v2/server/route"
	"github.com/temporalio/ui-server/v2/ui"
)

// uiConfig is a place to look, not to act: what a person does in a case goes through the
// starter, which says who acts and is told which rule refuses.
func uiConfig(opts options) *uiconfig.Config {
	return &uiconfig.Config{
		Host:                opts.ip,
		Port:                opts.uiPort,
		TemporalGRPCAddress: address(opts, opts.port),
		DefaultNamespace:    opts.namespaces[0],
		EnableUI:            true,
		DisableNewsFetch:    true,
		DisableWriteActions: true,
		HideLogs:            true,
		Codec:               uiconfig.Codec{Endpoint: opts.codecEndpoint},
		CORS:                uiconfig.CORS{CookieInsecure: true}, // plain http on loopback
	}
}

// uiHandler is put together as the UI's own server does it, which lets nobody put anything before
// its pages; ours answer under this machine's own names only.
func uiHandler(cfg *uiconfig.Config, opts options) (http.Handler, error) {
	provider, err := uiconfig.NewConfigProviderWithRefresh(cfg)
	if err != nil {
		return nil, err
	}
	assets, err := ui.Assets()
	if err != nil {
		return nil, err
	}
	if assets, err = fs.Sub(assets, "local"); err != nil {
		return nil, err
	}
	e := echo.New()
	e.Use(middleware.Recover(), middleware.Gzip(), middleware.Secure(),
		csrf.EnsureTokenCookie(!cfg.CORS.CookieInsecure),
		middleware.CSRFWithConfig(csrf.MiddlewareConfig(provider, !cfg.CORS.CookieInsecure)))
	route.SetHealthRoute(e)
	forward := headers.WithForwardHeaders([]string{auth.AuthorizationExtrasHeader, "Caller-Type"})
	if err := route.SetAPIRoutes(e, provider, []api.Middleware{forward}); err != nil {
		return nil, err
	}
	route.SetAuthRoutes(e, provider)
	route.SetUIRoutes(e, "", assets, provider)
	route.SetRenderRoute(e, "/")
	return own(withViews(e, opts)), nil
}

// newUI is the UI's server; serveUI runs it.
func newUI(opts options) (*http.Server, error) {
	h, err := uiHandler(uiConfig(opts), opts)
	if err != nil {
		return nil, fmt.Errorf("the UI: %w", err)
	}
	return &http.Server{Addr: address(opts, opts.uiPort), Handler: h, ReadHeaderTimeout: 5 * time.Second}, nil
}

// serveUI serves until the server is closed, and tells of any other end.
func serveUI(server *http.Server, ended chan<- error) {
	if err := server.ListenAndServe(); !errors.Is(err, http.ErrServerClosed) {
		ended <- fmt.Errorf("the UI: %w", err)
	}
}
