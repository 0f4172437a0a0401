using System.Text;
using CertFunctions.Core.Certifications;

namespace CertFunctions.Core.Ingestion.Rows;

/// <summary>The certifications that rows name.</summary>
internal sealed class RowCertifications(ICertificationStore store)
{
    /// <summary>More are forgotten between two chunks.</summary>
    private const int Kept = 10_000;

    private const int ReadAtOnce = 32;

    private readonly Dictionary<string, RowCertification> certifications = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<RowCertification> unknown = [];
    private RowCertification? last;

    /// <summary>Nearly always the one of the row before.</summary>
    public RowCertification Named(ReadOnlySpan<byte> code) =>
        last is not null && Ascii.Equals(code, last.Text) ? last : last = Find(Encoding.UTF8.GetString(code));

    /// <summary>Finds those that were named since the last time, many at once.</summary>
    public async Task LookUpAsync(CancellationToken cancellationToken)
    {
        await Parallel.ForEachAsync(
            unknown,
            new ParallelOptions { MaxDegreeOfParallelism = ReadAtOnce, CancellationToken = cancellationToken },
            async (certification, token) => certification.Found = CertificationCode.TryParse(certification.Text, out var code)
                ? (await store.FindAsync(code, token))?.Certification
                : null);
        unknown.Clear();
    }

    public void Forget()
    {
        if (certifications.Count > Kept)
        {
            certifications.Clear();
        }
    }

    private RowCertification Find(string text)
    {
        if (!certifications.TryGetValue(text, out var certification))
        {
            certification = new RowCertification(text);
            certifications.Add(text, certification);
            unknown.Add(certification);
        }

        return certification;
    }
}

internal sealed class RowCertification(string text)
{
    public string Text => text;

    /// <summary>Null: there is none (or it was not looked up yet).</summary>
    public Certification? Found { get; set; }
}
