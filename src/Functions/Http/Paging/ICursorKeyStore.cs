namespace CertFunctions.Functions.Http.Paging;

/// <summary>The key that cursors are signed with.</summary>
public interface ICursorKeyStore
{
    /// <summary>32 random bytes, made by whoever asks first and the same for every instance ever after.</summary>
    Task<ReadOnlyMemory<byte>> GetAsync(CancellationToken cancellationToken);
}
