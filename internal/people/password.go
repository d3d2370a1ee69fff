package people

import (
	"context"
	"crypto/rand"
	"crypto/subtle"
	"encoding/base64"
	"fmt"
	"runtime"
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/crypto/argon2"

	"gezhi/internal/kit/fault"
	"gezhi/internal/kit/id"
)

// Bounds of a password, in characters.
const (
	minPassword = 8
	maxPassword = 128
	// minDistinct keeps out 88888888 and the like.
	minDistinct = 4
)

// commonPasswords are the ones every guesser tries first and the other rules let through.
var commonPasswords = []string{"12345678", "123456789", "1234567890", "87654321", "password", "password1", "qwertyui", "1qaz2wsx",
	"abcd1234", "a1234567", "asdfghjk", "admin123", "iloveyou", "woaini1314", "5201314520", "qwer1234", "00001234"}

// checkPassword notes a password that is too short, too long, too plain, or the login itself.
func checkPassword(f *fault.Fields, field, password, login string) {
	n := utf8.RuneCountInString(password)
	distinct := map[rune]bool{}
	for _, r := range password {
		distinct[r] = true
	}
	lower := strings.ToLower(password)
	switch {
	case password == "":
		f.Add(field, "field.required")
	case !utf8.ValidString(password):
		f.Add(field, "field.utf8")
	case n < minPassword:
		f.Add(field, "password.too_short", "min", minPassword)
	case n > maxPassword:
		f.Add(field, "password.too_long", "max", maxPassword)
	case login != "" && strings.Contains(lower, login) && n-utf8.RuneCountInString(login) < 4:
		f.Add(field, "password.is_login")
	case len(distinct) < minDistinct || slices.Contains(commonPasswords, lower):
		f.Add(field, "password.too_plain")
	}
}

// newPassword makes a first password that can be read out: three groups of four characters, 60 bits.
func newPassword() string { return strings.ToLower(id.NewCode()[:14]) }

// Cost is how much work one password check takes (RFC 9106).
type Cost struct {
	Passes    uint32
	MemoryKiB uint32
	Threads   uint8
}

// DefaultCost is OWASP's first recommendation for argon2id that fits a small server: 19 MiB, two passes.
var DefaultCost = Cost{Passes: 2, MemoryKiB: 19 * 1024, Threads: 1}

// maxCost bounds what a stored hash may ask for.
var maxCost = Cost{Passes: 16, MemoryKiB: 1 << 20, Threads: 16}

const (
	saltSize = 16
	hashSize = 32
)

// hasher makes and checks password hashes, a few at a time so that sign-ins cannot exhaust the memory.
type hasher struct {
	cost  Cost
	slots chan struct{}
	decoy string // checked for logins that do not exist, so that they take as long
}

func newHasher(cost Cost) *hasher {
	h := &hasher{cost: cost, slots: make(chan struct{}, runtime.GOMAXPROCS(0))}
	h.decoy = h.make(id.Token(16))
	return h
}

// Hash returns the PHC string of a password. It waits for a free slot or the end of the context.
func (h *hasher) Hash(ctx context.Context, password string) (string, error) {
	if err := h.enter(ctx); err != nil {
		return "", err
	}
	defer h.leave()
	return h.make(password), nil
}

// Verify tells whether the password belongs to the hash, in time that does not depend on the answer.
func (h *hasher) Verify(ctx context.Context, hash, password string) (bool, error) {
	if err := h.enter(ctx); err != nil {
		return false, err
	}
	defer h.leave()
	cost, salt, want, ok := parseHash(hash)
	if !ok {
		return false, nil
	}
	got := argon2.IDKey([]byte(password), salt, cost.Passes, cost.MemoryKiB, cost.Threads, uint32(len(want)))
	return subtle.ConstantTimeCompare(got, want) == 1, nil
}

// Outdated tells whether a hash was made with another cost than new ones get.
func (h *hasher) Outdated(hash string) bool {
	cost, _, _, ok := parseHash(hash)
	return ok && cost != h.cost
}

func (h *hasher) enter(ctx context.Context) error {
	select {
	case h.slots <- struct{}{}:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (h *hasher) leave() { <-h.slots }

func (h *hasher) make(password string) string {
	salt := make([]byte, saltSize)
	rand.Read(salt) // documented never to fail
	key := argon2.IDKey([]byte(password), salt, h.cost.Passes, h.cost.MemoryKiB, h.cost.Threads, hashSize)
	return fmt.Sprintf("$argon2id$v=%d$m=%d,t=%d,p=%d$%s$%s", argon2.Version, h.cost.MemoryKiB, h.cost.Passes, h.cost.Threads,
		base64.RawStdEncoding.EncodeToString(salt), base64.RawStdEncoding.EncodeToString(key))
}

func parseHash(hash string) (cost Cost, salt, key []byte, ok bool) {
	parts := strings.Split(hash, "$")
	if len(parts) != 6 || parts[1] != "argon2id" || parts[2] != fmt.Sprintf("v=%d", argon2.Version) {
		return Cost{}, nil, nil, false
	}
	if _, err := fmt.Sscanf(parts[3], "m=%d,t=%d,p=%d", &cost.MemoryKiB, &cost.Passes, &cost.Threads); err != nil {
		return Cost{}, nil, nil, false
	}
	if cost.Passes == 0 || cost.Threads == 0 || cost.Passes > maxCost.Passes || cost.MemoryKiB > maxCost.MemoryKiB || cost.Threads > maxCost.Threads {
		return Cost{}, nil, nil, false
	}
	salt, err1 := base64.RawStdEncoding.DecodeString(parts[4])
	key, err2 := base64.RawStdEncoding.DecodeString(parts[5])
	return cost, salt, key, err1 == nil && err2 == nil && len(salt) > 0 && len(key) >= 16 && len(key) <= 64
}
