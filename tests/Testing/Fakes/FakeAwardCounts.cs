using CertFunctions.Core.Certifications;

namespace CertFunctions.Testing.Fakes;

/// <summary>Counts as told; nobody holds what was not told.</summary>
public sealed class FakeAwardCounts : IAwardCounts
{
    public Dictionary<CertificationCode, int> Holders { get; } = [];

    public Task<IReadOnlyDictionary<CertificationCode, int>> CountHoldersAsync(
        IReadOnlyList<CertificationCode> codes, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyDictionary<CertificationCode, int>>(
            codes.Distinct().ToDictionary(code => code, code => Holders.GetValueOrDefault(code)));
}
