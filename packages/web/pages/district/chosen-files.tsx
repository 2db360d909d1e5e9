import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import { useLocation } from "wouter";
import { Button } from "../../components/button.tsx";
import { Progress } from "../../components/progress.tsx";
import { ProblemNotice } from "../../components/states.tsx";
import { tell } from "../../components/toast.tsx";
import { allOf, client } from "../../data/client.ts";
import { queries } from "../../data/queries.ts";
import type { Template } from "../../data/resources.ts";
import { district } from "../../text/district.ts";
import { type About, AboutDistrict, aboutFile } from "./about-district.tsx";
import { CheckReport } from "./check-report.tsx";
import { ColumnMapper, type FileMapping } from "./column-mapper.tsx";
import { type Files, zipped } from "./dropped-files.ts";
import { FileList } from "./file-list.tsx";
import { recognise } from "./recognise.ts";

const text = district.upload;
const MB = 1024 * 1024;

/** The files that were chosen: how each is read, mapped where it has to be; then checked, then loaded. */
export function ChosenFiles({ files, templates }: { files: Files; templates: readonly Template[] }) {
  const [, navigate] = useLocation();
  const queryClient = useQueryClient();
  const limits = useQuery(queries.limits());
  const [mapping, setMapping] = useState<string>();
  const [mappings, setMappings] = useState<Readonly<Record<string, FileMapping>>>({});
  const [about, setAbout] = useState<About>();
  const recognised = useMemo(() => recognise(files, templates), [files, templates]);
  const needsAbout = !files.has("district.json");
  const sent = () => sentFiles(files, recognised, mappings, about);
  const check = useMutation({
    mutationFn: async () => client.checkDistrict(await zipped(sent()), await savedName(mappings)),
  });
  const load = useMutation({
    mutationFn: async () => client.uploadDataset(await zipped(sent()), undefined, await savedName(mappings)),
    onSuccess: async ({ dataset }) => {
      await queryClient.invalidateQueries();
      tell(text.loaded);
      navigate(`/district/${dataset.dataset_hash}`);
    },
  });
  const size = [...files.values()].reduce((sum, bytes) => sum + bytes.length, 0);
  const tooLarge = limits.data !== undefined && size > limits.data.zip_unpacked_bytes;
  const busy = check.isPending || load.isPending;
  return (
    <>
      <FileList files={recognised} mappings={mappings} onMap={setMapping} />
      {needsAbout && <AboutDistrict about={about} onChange={setAbout} />}
      {tooLarge && (
        <ProblemNotice
          error={new Error(text.tooLarge((limits.data.zip_unpacked_bytes / MB).toLocaleString("en-US")))}
        />
      )}
      <div className="row">
        <Button
          look={check.data ? [] : "main"}
          disabled={busy || tooLarge || (needsAbout && !about)}
          onClick={() => check.mutate()}
        >
          {text.check}
        </Button>
        {check.data && (
          <Button look="main" disabled={busy || check.data.report.errors > 0} onClick={() => load.mutate()}>
            {text.load}
          </Button>
        )}
      </div>
      {check.isPending && <Progress label={text.checking} share={null} />}
      {load.isPending && <Progress label={text.loading} share={null} />}
      {check.isError && <ProblemNotice error={check.error} />}
      {load.isError && <ProblemNotice error={load.error} />}
      {check.data && <CheckReport checked={check.data} files={sent()} />}
      {mapping !== undefined && (
        <ColumnMapper
          file={mapping}
          bytes={files.get(mapping) ?? new Uint8Array()}
          templates={templates}
          onClose={() => setMapping(undefined)}
          onMapped={(mapped) => {
            setMappings({ ...mappings, [mapping]: mapped });
            setMapping(undefined);
            check.reset();
          }}
        />
      )}
    </>
  );
}

/** What goes to the server: files at the contract's places, mapped ones under their own names, and district.json where it is missing. */
function sentFiles(
  files: Files,
  recognised: ReturnType<typeof recognise>,
  mappings: Readonly<Record<string, FileMapping>>,
  about: About | undefined,
): Files {
  const sent = new Map<string, Uint8Array>();
  for (const { path, as } of recognised) {
    const bytes = files.get(path);
    if (bytes && (as !== null || mappings[path])) sent.set(mappings[path] ? path : (as ?? path), bytes);
  }
  if (about) sent.set("district.json", aboutFile(about));
  // Files that nobody named go along: a saved mapping may know them.
  for (const { path, as, tabular } of recognised) {
    const bytes = files.get(path);
    if (bytes && as === null && tabular && !mappings[path]) sent.set(path, bytes);
  }
  return sent;
}

/** Mappings made here are kept under one name, so that they are used by themselves the next time files of these names come. */
async function savedName(mappings: Readonly<Record<string, FileMapping>>): Promise<string | undefined> {
  const names = Object.keys(mappings);
  if (names.length === 0) return undefined;
  const name = names
    .join(" ")
    .replace(/[^\w .-]/g, "-")
    .replace(/^\W+/, "")
    .slice(0, 100);
  const saved = await allOf((page) => client.mappings(page));
  const version = saved.find((each) => each.name === name)?.version;
  await client.saveMapping(name, { files: { ...mappings } as never }, version);
  return name;
}
