package people

import (
	"context"
	"time"

	"gezhi/internal/kit/audit"
	"gezhi/internal/kit/authz"
	"gezhi/internal/kit/db"
	"gezhi/internal/kit/fault"
	"gezhi/internal/perm"
)

// maxPurpose bounds the text that says why somebody looks at a phone number.
const maxPurpose = 200

// tokenLife is how long a partner's token holds.
const tokenLife = 10 * 365 * 24 * time.Hour

// ResetPassword gives a person a new first password, to be shown once, and ends all sessions of the account. An empty
// password has one made.
func (s *Service) ResetPassword(ctx context.Context, actor authz.Actor, accountID, password string) (string, error) {
	if err := need(actor, perm.AccountManage); err != nil {
		return "", err
	}
	a, ok, err := readAccount(ctx, s.DB.Read(), accountID)
	if err != nil {
		return "", err
	}
	if !ok {
		return "", fault.Missing("account")
	}
	if a.Kind != PersonAccount {
		return "", fault.New(fault.Conflict, "account.not_a_person")
	}
	if password == "" {
		password = newPassword()
	}
	var f fault.Fields
	checkPassword(&f, "password", password, a.Login)
	if err := f.Err(); err != nil {
		return "", err
	}
	hash, err := s.passwords.Hash(ctx, password)
	if err != nil {
		return "", err
	}
	err = s.change(ctx, func(ctx context.Context, tx db.Tx, at time.Time) error {
		if err := setPassword(ctx, tx, accountID, hash, true, at.UnixMilli()); err != nil {
			return err
		}
		if err := deleteSessions(ctx, tx, accountID, ""); err != nil {
			return err
		}
		return record(ctx, tx, at, actor, "account.reset_password", "account", accountID)
	})
	if err != nil {
		return "", err
	}
	return password, nil
}

// IssueToken gives a partner a new token, to be shown once, in place of the one before.
func (s *Service) IssueToken(ctx context.Context, actor authz.Actor, accountID string) (string, error) {
	token, session := newSession(accountID, tokenSession, s.Clock.Now(), tokenLife)
	_, err := s.alterAccount(ctx, actor, accountID, "account.issue_token", func(ctx context.Context, tx db.Tx, _ time.Time, a *Account) ([]string, error) {
		if a.Kind != PartnerAccount {
			return nil, fault.New(fault.Conflict, "account.not_a_partner")
		}
		if a.Disabled {
			return nil, fault.New(fault.Conflict, "account.disabled")
		}
		if err := deleteSessions(ctx, tx, a.ID, ""); err != nil {
			return nil, err
		}
		return nil, insertSession(ctx, tx, session)
	})
	if err != nil {
		return "", err
	}
	return token, nil
}

// RevokeToken ends a partner's token.
func (s *Service) RevokeToken(ctx context.Context, actor authz.Actor, accountID string) error {
	_, err := s.alterAccount(ctx, actor, accountID, "account.revoke_token", func(ctx context.Context, tx db.Tx, _ time.Time, a *Account) ([]string, error) {
		return nil, deleteSessions(ctx, tx, a.ID, "")
	})
	return err
}

// Phone returns an account's phone number in full to who manages accounts or dispatches, and records the look. The
// purpose is required and kept with the record.
func (s *Service) Phone(ctx context.Context, actor authz.Actor, accountID, purpose string) (string, error) {
	if !actor.Can(perm.AccountManage) && !actor.Can(perm.IncidentDispatch) {
		return "", fault.New(fault.Forbidden, "forbidden")
	}
	var f fault.Fields
	purpose = fault.CheckText(&f, "purpose", purpose, true, maxPurpose)
	if err := f.Err(); err != nil {
		return "", err
	}
	a, ok, err := readAccount(ctx, s.DB.Read(), accountID)
	if err != nil {
		return "", err
	}
	if !ok {
		return "", fault.Missing("account")
	}
	phone, err := s.Seal.Open(a.Phone, phonePlace(a.ID))
	if err != nil {
		return "", err
	}
	err = s.Audit.Write(ctx, audit.Entry{Actor: actor, Action: "account.view_phone", Object: "account", ObjectID: accountID,
		Detail: map[string]string{"purpose": purpose}})
	return phone, err
}
