// What is wrong with the name of a file, in German, as the end of a sentence.
import { type FileNameFault, LONGEST_FILE_NAME } from '#pipeline-core/workspace/file-names.ts';

export function fileNameReason({ why, part, other }: FileNameFault): string {
  switch (why) {
    case 'length':
      return `ein Dateiname hat 1 bis ${LONGEST_FILE_NAME} Zeichen`;
    case 'characters':
      return `${JSON.stringify(part)} geht nicht als Dateiname: Möglich sind Buchstaben von A bis Z, Ziffern, «.», «_», «-» und «/» für Ordner`;
    case 'part':
      return `«${part}» geht nicht als Name einer Datei oder eines Ordners: Er muss mit einem Buchstaben oder einer Ziffer beginnen und darf nicht mit einem Punkt enden`;
    case 'device':
      return `Windows lässt keine Datei namens «${part}» zu: Wählen Sie einen anderen Namen`;
    case 'reserved':
      return `«${part}» ist im exportierten Repository reserviert: Wählen Sie einen anderen Namen`;
    case 'executable':
      return `«${part}» könnte als Programm gestartet werden: Wählen Sie eine andere Endung`;
    case 'same_name':
      return `«${part}» und «${other}» unterscheiden sich nur in Gross- und Kleinschreibung: Wählen Sie einen anderen Namen`;
    case 'folder':
      return `«${part}» kann nicht zugleich Datei und Ordner von «${other}» sein: Wählen Sie einen anderen Namen`;
  }
}
