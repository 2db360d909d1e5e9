import { type DragEvent, useId, useState } from "react";
import { Icon } from "../../components/icons.tsx";
import { district } from "../../text/district.ts";
import { filesOfDrop } from "./dropped-files.ts";

const text = district.upload;

/** Takes a folder, a zip or files, by drag or by choosing. */
export function DropZone({ onFiles }: { onFiles: (files: File[]) => void }) {
  const [over, setOver] = useState(false);
  const drop = async (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    const files = await filesOfDrop(event.dataTransfer.items);
    if (files.length > 0) onFiles(files);
  };
  return (
    <section
      className="drop"
      aria-label={text.drop}
      data-over={over}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => void drop(event)}
    >
      <Icon name="upload" size={32} />
      <p>{text.drop}</p>
      <div className="row">
        <Choice label={text.chooseFiles} onFiles={onFiles} />
        <Choice label={text.chooseFolder} onFiles={onFiles} folder />
      </div>
    </section>
  );
}

function Choice({
  label,
  folder = false,
  onFiles,
}: {
  label: string;
  folder?: boolean;
  onFiles: (files: File[]) => void;
}) {
  const id = useId();
  return (
    <span className="choice">
      <input
        id={id}
        className="visually-hidden"
        type="file"
        multiple
        ref={(input) => {
          if (input) input.webkitdirectory = folder;
        }}
        onChange={(event) => {
          const files = [...(event.target.files ?? [])];
          if (files.length > 0) onFiles(files);
        }}
      />
      <label className="button" htmlFor={id}>
        {label}
      </label>
    </span>
  );
}
