namespace CertFunctions.Core.Certifications;

/// <summary>How many users hold a certification now, to the unit.</summary>
public interface IAwardCounts
{
    /// <summary>A count for each of the codes, 0 where nobody holds it.</summary>
    Task<IReadOnlyDictionary<CertificationCode, int>> CountHoldersAsync(IReadOnlyList<CertificationCode> codes, CancellationToken cancellationToken);
}
