package people

import "context"

// NoticePhone returns the telephone number of an account for a message to it, ” for none, for an account that was
// disabled, and for one that is no person. It is for the program itself, which sends to it and shows it nowhere.
func (s *Service) NoticePhone(ctx context.Context, account string) (string, error) {
	a, ok, err := readAccount(ctx, s.DB.Read(), account)
	if err != nil || !ok || a.Disabled || a.Kind != PersonAccount {
		return "", err
	}
	return s.Seal.Open(a.Phone, phonePlace(a.ID))
}
