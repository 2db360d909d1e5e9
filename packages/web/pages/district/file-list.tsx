import { Button } from "../../components/button.tsx";
import { DataTable, type TableColumn } from "../../components/data-table.tsx";
import { Badge } from "../../components/status-badge.tsx";
import { district } from "../../text/district.ts";
import type { FileMapping } from "./column-mapper.tsx";
import type { ReadAs } from "./recognise.ts";

const text = district.upload;
const KB = 1024;

interface Props {
  readonly files: readonly ReadAs[];
  readonly mappings: Readonly<Record<string, FileMapping>>;
  readonly onMap: (path: string) => void;
}

/** Every file that came, and what becomes of it. */
export function FileList({ files, mappings, onMap }: Props) {
  const columns: TableColumn<ReadAs>[] = [
    { id: "file", header: text.file, value: ({ path }) => path, cell: ({ path }) => <code>{path}</code> },
    {
      id: "size",
      header: text.size,
      align: "end",
      value: ({ bytes }) => bytes,
      cell: ({ bytes }) => `${Math.ceil(bytes / KB).toLocaleString("en-US")} kB`,
    },
    {
      id: "as",
      header: text.readAs,
      value: ({ as }) => as,
      cell: (file) => {
        const mapped = mappings[file.path];
        if (mapped)
          return (
            <Badge tone="good">
              {mapped.table}: {text.mapped(Object.keys(mapped.columns).length)}
            </Badge>
          );
        if (file.as !== null) return file.as === file.path ? text.asIs : <code>{file.as}</code>;
        return file.tabular ? <Badge tone="warn">{text.unknown}</Badge> : text.leftOut;
      },
    },
    {
      id: "map",
      header: "",
      value: () => "",
      cell: (file) =>
        file.tabular && (
          <Button look="small" onClick={() => onMap(file.path)}>
            {text.map}
          </Button>
        ),
    },
  ];
  return (
    <div className="card card-flush">
      <DataTable label={text.files} columns={columns} rows={files} rowId={({ path }) => path} maxHeight="380px" />
    </div>
  );
}
