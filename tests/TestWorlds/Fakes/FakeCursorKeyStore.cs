using System.Security.Cryptography;
using CertFunctions.Functions.Http.Paging;

namespace CertFunctions.TestWorlds.Fakes;

public sealed class FakeCursorKeyStore : ICursorKeyStore
{
    private readonly byte[] key = RandomNumberGenerator.GetBytes(32);

    public Task<ReadOnlyMemory<byte>> GetAsync(CancellationToken cancellationToken) => Task.FromResult<ReadOnlyMemory<byte>>(key);
}
