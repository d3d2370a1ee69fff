// Package app puts the program together: settings, services, routes, background loops, commands. It is the only
// package that imports every concept.
package app

import (
	"fmt"
	"net/netip"
	"os"
	"path/filepath"
	"time"
	_ "time/tzdata" // zone data inside the binary: a street's machine may have none

	"gezhi/internal/kit/seal"
	"gezhi/internal/kit/web"
)

// Version is the program's version.
const Version = "0.1.0"

// Config is what the environment says.
type Config struct {
	Addr    string // GEZHI_ADDR
	Folder  string // GEZHI_DATA
	DB      string // GEZHI_DB: a postgres:// URL, or '' for SQLite in the folder
	KeyFile string // GEZHI_KEY_FILE
	Backups string // GEZHI_BACKUPS: folder of the backups that the program makes itself; '' is backups in the folder
	Suite   seal.Suite
	Zone    *time.Location // GEZHI_TZ
	Trusted []netip.Prefix // GEZHI_TRUSTED: addresses without rate limits
	Proxy   bool           // GEZHI_BEHIND_PROXY: the last X-Forwarded-For is the client
	// NotifyNetworks is GEZHI_NOTIFY_NETWORKS: networks inside to which messages may be sent; public addresses always may.
	NotifyNetworks []netip.Prefix
	TLSCert        string // GEZHI_TLS_CERT
	TLSKey         string // GEZHI_TLS_KEY
	Demo           bool
	TestClock      bool // GEZHI_TEST_CLOCK: the clock of a served demo can be turned on over HTTP
	measuring      bool // a store of a measurement: its passwords protect nothing and cost nothing
}

// FromEnv reads the settings and explains what is wrong with them.
func FromEnv() (Config, error) {
	c := Config{Addr: env("GEZHI_ADDR", "127.0.0.1:8080"), Folder: env("GEZHI_DATA", "data"), DB: os.Getenv("GEZHI_DB"),
		TLSCert: os.Getenv("GEZHI_TLS_CERT"), TLSKey: os.Getenv("GEZHI_TLS_KEY"), Proxy: os.Getenv("GEZHI_BEHIND_PROXY") == "1", Backups: os.Getenv("GEZHI_BACKUPS"),
		TestClock: os.Getenv("GEZHI_TEST_CLOCK") == "1"}
	c.KeyFile = env("GEZHI_KEY_FILE", filepath.Join(c.Folder, "gezhi.key"))
	var err error
	if c.Zone, err = time.LoadLocation(env("GEZHI_TZ", "Asia/Shanghai")); err != nil {
		return c, fmt.Errorf("GEZHI_TZ: %w; use a name such as Asia/Shanghai", err)
	}
	if s := os.Getenv("GEZHI_SUITE"); s != "" {
		if c.Suite, err = seal.ParseSuite(s); err != nil {
			return c, fmt.Errorf("GEZHI_SUITE must be sm or aes")
		}
	}
	if c.Trusted, err = web.ParseTrusted(os.Getenv("GEZHI_TRUSTED")); err != nil {
		return c, fmt.Errorf("GEZHI_TRUSTED: %w; use addresses or networks separated by commas, e.g. 127.0.0.1,10.2.0.0/16", err)
	}
	if c.NotifyNetworks, err = web.ParseTrusted(os.Getenv("GEZHI_NOTIFY_NETWORKS")); err != nil {
		return c, fmt.Errorf("GEZHI_NOTIFY_NETWORKS: %w; use addresses or networks separated by commas, e.g. 10.2.0.7,10.9.0.0/16", err)
	}
	if (c.TLSCert == "") != (c.TLSKey == "") {
		return c, fmt.Errorf("GEZHI_TLS_CERT and GEZHI_TLS_KEY belong together: set both or none")
	}
	return c, nil
}

func env(name, otherwise string) string {
	if v := os.Getenv(name); v != "" {
		return v
	}
	return otherwise
}
