namespace CertFunctions.Core.Ingestion.Csv;

/// <summary>What has to be known to go on reading a file from a byte where one record ended.</summary>
/// <param name="Line">The line that begins there, counted from 1; the line that is passed over where <paramref name="SkipsLine"/>.</param>
/// <param name="SkipsLine">The byte lies inside a line that was too long to keep: what is left of that line is passed over.</param>
public readonly record struct CsvPosition(int Line, bool SkipsLine);
