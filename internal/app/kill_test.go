//go:build unix

package app

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"gezhi/internal/kit/db/dbtest"
)

// process is the real program, started as a child.
type process struct {
	cmd  *exec.Cmd
	addr string
}

// watch finds the address in the log of a starting server.
type watch struct {
	mu    sync.Mutex
	log   bytes.Buffer
	found chan string
}

// Write collects the log and tells the address once.
func (w *watch) Write(p []byte) (int, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.log.Write(p)
	if _, rest, ok := strings.Cut(w.log.String(), "address=http://"); ok && w.found != nil {
		if addr, _, whole := strings.Cut(rest, " "); whole {
			w.found <- addr
			w.found = nil
		}
	}
	return len(p), nil
}

func startProcess(t *testing.T, binary string, env []string) *process {
	t.Helper()
	found := make(chan string, 1)
	p := &process{cmd: exec.Command(binary, "serve")}
	log := &watch{found: found}
	p.cmd.Env, p.cmd.Stderr = env, log
	require.NoError(t, p.cmd.Start())
	t.Cleanup(func() { p.kill() })
	select {
	case p.addr = <-found:
	case <-time.After(time.Minute):
		t.Fatalf("the server did not start: %s", log.log.String())
	}
	return p
}

// kill ends the program as a power cut would.
func (p *process) kill() {
	p.cmd.Process.Signal(syscall.SIGKILL)
	p.cmd.Wait()
}

func (p *process) post(path, token, key, body string) (int, map[string]any) {
	r, err := http.NewRequest("POST", "http://"+p.addr+path, strings.NewReader(body))
	if err != nil {
		return 0, nil
	}
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("Idempotency-Key", key)
	if token != "" {
		r.Header.Set("Authorization", "Bearer "+token)
	}
	res, err := http.DefaultClient.Do(r)
	if err != nil {
		return 0, nil
	}
	defer res.Body.Close()
	var out map[string]any
	if json.NewDecoder(res.Body).Decode(&out) != nil {
		return 0, nil
	}
	return res.StatusCode, out
}

// A server that is killed in the middle of a load has every acknowledged report afterwards, once, and its store is
// whole; whoever heard no answer sends again under the same key.
func TestNothingAcknowledgedIsLostWhenTheServerIsKilled(t *testing.T) {
	binary := filepath.Join(t.TempDir(), "gezhi")
	out, err := exec.Command("go", "build", "-tags", "noweb", "-o", binary, "gezhi/cmd/gezhi").CombinedOutput()
	require.NoError(t, err, "%s", out)
	urls := map[string]string{"sqlite": ""}
	if admin, ok := dbtest.PostgresURL(t); ok {
		urls["postgres"] = dbtest.FreshDatabase(t, admin, "")
	}
	for engine, url := range urls {
		t.Run(engine, func(t *testing.T) { killed(t, binary, url) })
	}
}

func killed(t *testing.T, binary, url string) {
	env := append(os.Environ(), "GEZHI_DATA="+t.TempDir(), "GEZHI_DB="+url, "GEZHI_ADDR=127.0.0.1:0", "GEZHI_KEY_FILE=")
	run := func(stdin string, args ...string) string {
		cmd := exec.Command(binary, args...)
		cmd.Env, cmd.Stdin = env, strings.NewReader(stdin)
		out, err := cmd.CombinedOutput()
		require.NoError(t, err, "%s", out)
		return string(out)
	}
	run("a-long-password", "account", "add", "duty1", "--role", "duty", "--password-stdin")
	p := startProcess(t, binary, env)
	status, session := p.post("/api/v1/session", "", "", `{"login":"duty1","password":"a-long-password"}`)
	require.Equal(t, http.StatusOK, status)
	token := session["token"].(string)

	report := func(n int) (int, string) {
		status, made := p.post("/api/v1/incidents", token, fmt.Sprint("key-", n), fmt.Sprintf(`{"channel":"hotline","text":"第%d件事"}`, n))
		id, _ := made["id"].(string)
		return status, id
	}
	const workers, enough = 8, 120
	var mu sync.Mutex
	sent, acknowledged := 0, map[int]string{}
	reached, dead := make(chan struct{}), make(chan struct{})
	var wg sync.WaitGroup
	for range workers {
		wg.Go(func() {
			for {
				mu.Lock()
				n := sent
				sent++
				mu.Unlock()
				status, id := report(n)
				if status != http.StatusCreated {
					return // the server is gone
				}
				mu.Lock()
				acknowledged[n] = id
				if len(acknowledged) == enough {
					close(reached)
				}
				mu.Unlock()
			}
		})
	}
	go func() { wg.Wait(); close(dead) }()
	select {
	case <-reached:
	case <-dead:
		t.Fatal("the load ended before the server was killed")
	}
	p.kill()
	<-dead

	p = startProcess(t, binary, env)
	for n := range sent { // whoever heard no answer, and everybody else too
		status, id := report(n)
		require.Equal(t, http.StatusCreated, status)
		if first, ok := acknowledged[n]; ok {
			require.Equal(t, first, id, "report %d", n)
		}
	}
	p.kill()
	verified := run("", "verify")
	require.Contains(t, verified, fmt.Sprintf("%d incidents with %d entries", sent, sent))
	require.Contains(t, verified, "whole: no break found")
}
