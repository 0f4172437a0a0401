using CsvHelper;

namespace CertFunctions.Benchmarks.Raw;

/// <summary>A row of an awards file as CsvHelper reads it by itself: typed, and looked up nowhere.</summary>
[CsvRecord]
internal sealed partial record RawAwardRow(
    [property: CsvColumn("username")] string Username,
    [property: CsvColumn("certification_code")] string CertificationCode,
    [property: CsvColumn("certification_issue_date")] DateOnly IssuedOn,
    [property: CsvColumn("always_valid")] bool AlwaysValid,
    [property: CsvColumn("type")] string Type,
    [property: CsvColumn("certification_expire_date")] DateOnly? ExpiresOn)
{
    /// <returns>How many there are.</returns>
    public static int ReadAll(byte[] file)
    {
        using var csv = CsvReader.Create(file, new CsvReaderOptions { Separator = ',' });
        return csv.GetRecords<RawAwardRow>().Count();
    }
}
