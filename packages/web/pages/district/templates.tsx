import { useMutation, useQuery } from "@tanstack/react-query";
import { Button } from "../../components/button.tsx";
import { PageHead } from "../../components/page-head.tsx";
import { QueryState } from "../../components/query-state.tsx";
import { ProblemNotice } from "../../components/states.tsx";
import { client, saveFile } from "../../data/client.ts";
import { queries } from "../../data/queries.ts";
import { common } from "../../text/common.ts";
import { district } from "../../text/district.ts";

const text = district.templates;

/** Every table and column that a district may hold, each as an empty file to begin with. */
export default function Templates() {
  const templates = useQuery(queries.templates());
  const download = useMutation({
    mutationFn: async ({ table, name }: { table: string; name: string }) =>
      saveFile(await client.template(table), name),
  });
  return (
    <>
      <PageHead
        title={text.title}
        above={[{ name: district.datasets.title, href: "/district" }]}
        actions={
          <Button look="main" onClick={() => download.mutate({ table: "all", name: "district-templates.zip" })}>
            {text.all}
          </Button>
        }
      >
        {text.intro}
      </PageHead>
      {download.isError && <ProblemNotice error={download.error} />}
      <QueryState query={templates}>
        {(found) => (
          <div className="stack-close">
            {found.map(({ table, file, columns }) => (
              <details key={table} className="card">
                <summary>
                  <code>{file}</code>
                </summary>
                <div>
                  <Button look="small" onClick={() => download.mutate({ table, name: file.split("/").at(-1) ?? file })}>
                    {text.csv}
                  </Button>
                </div>
                <div className="table-scroll">
                  <table className="table">
                    <thead>
                      <tr>
                        <th scope="col">{text.column}</th>
                        <th scope="col">{text.holds}</th>
                        <th scope="col">{text.needed}</th>
                        <th scope="col">{text.refers}</th>
                      </tr>
                    </thead>
                    <tbody>
                      {columns.map(({ name, expects, required, references }) => (
                        <tr key={name}>
                          <td>
                            <code>{name}</code>
                          </td>
                          <td>{expects}</td>
                          <td>{required ? common.yes : ""}</td>
                          <td>{references && <code>{references}</code>}</td>
                        </tr>
                      ))}
                    </tbody>
                  </table>
                </div>
              </details>
            ))}
          </div>
        )}
      </QueryState>
    </>
  );
}
