import { useQuery, useSuspenseQuery } from "@tanstack/react-query";
import { Link } from "wouter";
import { Button } from "../components/button.tsx";
import { Icon } from "../components/icons.tsx";
import { client } from "../data/client.ts";
import { queries } from "../data/queries.ts";
import { sessionQuery } from "../data/session.tsx";
import { setTheme, THEMES, type Theme, useTheme } from "../data/theme.ts";
import { common } from "../text/common.ts";
import { session as text } from "../text/session.ts";

export function Bar({ menuOpen, onMenu }: { menuOpen: boolean; onMenu: () => void }) {
  const { data: datasets } = useQuery(queries.datasets());
  return (
    <header className="bar">
      <span className="nav-toggle">
        <Button
          look={["plain", "icon"]}
          aria-label={common.menu}
          aria-expanded={menuOpen}
          aria-controls="menu"
          onClick={onMenu}
        >
          <Icon name="menu" />
        </Button>
      </span>
      <Link href="/" className="bar-brand">
        <img src="/icon.svg" alt="" />
        {common.product}
      </Link>
      {datasets?.[0] && <span className="bar-district small">{datasets[0].name}</span>}
      <div className="bar-end">
        <ThemeChoice />
        <Who />
      </div>
    </header>
  );
}

function ThemeChoice() {
  const theme = useTheme();
  return (
    <select
      className="input bar-theme small"
      aria-label={common.theme.label}
      value={theme}
      onChange={(event) => setTheme(event.target.value as Theme)}
    >
      {THEMES.map((each) => (
        <option key={each} value={each}>
          {common.theme[each]}
        </option>
      ))}
    </select>
  );
}

function Who() {
  const { data: session } = useSuspenseQuery(sessionQuery);
  if (session === null || session.csrf_token === null) return null;
  const signOut = async () => {
    await client.access.signOut();
    // Whatever was read for this person goes with the page.
    location.reload();
  };
  return (
    <Button look="small" title={text.who(session.id, session.roles)} onClick={() => void signOut()}>
      {text.signOut}
    </Button>
  );
}
