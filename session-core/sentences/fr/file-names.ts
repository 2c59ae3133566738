// What is wrong with the name of a file, in French, as the end of a sentence.
import { type FileNameFault, LONGEST_FILE_NAME } from '#pipeline-core/workspace/file-names.ts';

export function fileNameReason({ why, part, other }: FileNameFault): string {
  switch (why) {
    case 'length':
      return `un nom de fichier a de 1 à ${LONGEST_FILE_NAME} caractères`;
    case 'characters':
      return `${JSON.stringify(part)} ne convient pas comme nom de fichier : utilisez les lettres de A à Z, les chiffres, « . », « _ », « - » et « / » pour les dossiers`;
    case 'part':
      return `« ${part} » ne convient pas comme nom de fichier ou de dossier : commencez par une lettre ou un chiffre et ne finissez pas par un point`;
    case 'device':
      return `Windows n’admet pas de fichier nommé « ${part} » : choisissez un autre nom`;
    case 'reserved':
      return `« ${part} » est réservé dans le dépôt exporté : choisissez un autre nom`;
    case 'executable':
      return `« ${part} » pourrait être lancé comme un programme : choisissez une autre extension`;
    case 'same_name':
      return `« ${part} » et « ${other} » ne diffèrent que par les majuscules : choisissez un autre nom`;
    case 'folder':
      return `« ${part} » ne peut pas être à la fois un fichier et le dossier de « ${other} » : choisissez un autre nom`;
  }
}
