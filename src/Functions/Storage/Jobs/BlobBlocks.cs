using System.Globalization;
using System.Text;
using Azure.Storage.Blobs.Specialized;

namespace CertFunctions.Functions.Storage.Jobs;

/// <summary>
/// Writes a blob block by block; memory does not grow with it. (The SDK's own stream commits under an ETag: where the answer to that
/// is lost, its repetition is refused on account of its own success.)
/// </summary>
internal sealed class BlobBlocks(BlockBlobClient blob) : IDisposable
{
    private const int BlockBytes = 1024 * 1024;

    private readonly List<string> blockIds = [];
    private readonly MemoryStream pending = new();

    public async Task WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        pending.Write(bytes.Span);
        if (pending.Length >= BlockBytes)
        {
            await StageAsync(cancellationToken);
        }
    }

    /// <summary>Before this, there is no blob.</summary>
    public async Task CompleteAsync(CancellationToken cancellationToken)
    {
        if (pending.Length > 0)
        {
            await StageAsync(cancellationToken);
        }

        await blob.CommitBlockListAsync(blockIds, cancellationToken: cancellationToken);
    }

    public void Dispose() => pending.Dispose();

    private async Task StageAsync(CancellationToken cancellationToken)
    {
        var blockId = Convert.ToBase64String(Encoding.ASCII.GetBytes(blockIds.Count.ToString("d8", CultureInfo.InvariantCulture)));
        pending.Position = 0;
        await blob.StageBlockAsync(blockId, pending, cancellationToken: cancellationToken);
        blockIds.Add(blockId);
        pending.SetLength(0);
    }
}
