package people_test

import (
	"net/http/httptest"
	"testing"

	"github.com/stretchr/testify/require"
	"github.com/xuri/excelize/v2"

	"gezhi/internal/kit/audit"
	"gezhi/internal/kit/bulk"
	"gezhi/internal/kit/db"
	"gezhi/internal/kit/db/dbtest"
	"gezhi/internal/people"
)

func TestAListIsTakenOutAsItIsShownAndTheTrailSaysSo(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := newSite(t, d)
		desk, actor := newDesk(t, d, s.Fixture)
		bulk.Routes(s.api, desk)
		people.ExportRoutes(s.api, s.Service, desk, finder{s.Areas})
		s.Account("duty", "duty", people.AddOptions{AreaID: "A1"})
		made := s.call(t, "POST", "/api/v1/accounts", s.Token("security"), `{"login":"zhang","name":"=张三","phone":"13800138000","posts":[{"role":"grid_worker","area":"A1"}]}`)
		require.Equal(t, 201, made.status)

		get := func(login, path string) *httptest.ResponseRecorder {
			r := httptest.NewRequest("GET", path, nil)
			r.Header.Set("Authorization", "Bearer "+s.Token(login))
			w := httptest.NewRecorder()
			s.handler.ServeHTTP(w, r)
			return w
		}
		require.Equal(t, 403, get("duty", "/api/v1/accounts/export.xlsx").Code)
		w := get("security", "/api/v1/accounts/export.xlsx?role=grid_worker&lang=en")
		require.Equal(t, 200, w.Code)
		x, err := excelize.OpenReader(w.Body)
		require.NoError(t, err)
		defer x.Close()
		rows, err := x.GetRows("Accounts")
		require.NoError(t, err)
		require.Len(t, rows, 2, "the filter of the list holds")
		require.Equal(t, []string{"Login", "Name", "Mobile"}, rows[0][:3])
		require.Equal(t, []string{"zhang", "=张三", "138****8000"}, rows[1][:3])
		require.Contains(t, rows[1], "Grid worker 望江社区")

		for _, path := range []string{"posts", "roles", "units"} {
			require.Equal(t, 200, get("security", "/api/v1/"+path+"/export.xlsx").Code, path)
		}
		trail, _, err := s.Audit.List(t.Context(), audit.Query{Action: "list.export"})
		require.NoError(t, err)
		require.Len(t, trail, 4)
		require.Equal(t, actor.AccountID, trail[0].ActorID)
		require.Equal(t, "1", trail[3].Detail["rows"])
		s.Account("auditor", "audit_admin", people.AddOptions{})
		require.Equal(t, 200, get("auditor", "/api/v1/audit/export.xlsx").Code)
		require.Equal(t, 403, get("auditor", "/api/v1/accounts/export.xlsx").Code)

		template := get("security", "/api/v1/accounts/import/template.xlsx")
		require.Equal(t, 200, template.Code)
		y, err := excelize.OpenReader(template.Body)
		require.NoError(t, err)
		defer y.Close()
		require.Equal(t, []string{"账号和岗位", "填写说明"}, y.GetSheetList())
		require.Equal(t, 403, get("duty", "/api/v1/accounts/import/template.xlsx").Code)
	})
}
