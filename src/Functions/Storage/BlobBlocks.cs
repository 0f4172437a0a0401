using System.Globalization;
using System.Text;
using Azure.Storage.Blobs.Specialized;

namespace CertFunctions.Functions.Storage;

/// <summary>
/// Writes a blob block by block; memory does not grow with it. (The SDK's own stream commits under an ETag: where the answer to that
/// is lost, its repetition is refused on account of its own success.)
/// </summary>
internal sealed class BlobBlocks(BlockBlobClient blob) : Stream
{
    private const int BlockBytes = 1024 * 1024;

    private readonly List<string> blockIds = [];
    private readonly MemoryStream pending = new();

    /// <summary>A name for a block, as long as all others: blocks of one blob must be.</summary>
    /// <param name="kind">One character, so that blocks of different makings are never taken for each other.</param>
    public static string IdOf(char kind, int number) =>
        Convert.ToBase64String(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{kind}{number:d7}")));

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        pending.Write(buffer.Span);
        if (pending.Length >= BlockBytes)
        {
            await StageAsync(cancellationToken);
        }
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    /// <summary>Only remembers: what is written so goes out with the next asynchronous write.</summary>
    public override void Write(byte[] buffer, int offset, int count) => pending.Write(buffer, offset, count);

    public override void Flush()
    {
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

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        pending.Dispose();
        base.Dispose(disposing);
    }

    private async Task StageAsync(CancellationToken cancellationToken)
    {
        var blockId = IdOf('0', blockIds.Count);
        pending.Position = 0;
        await blob.StageBlockAsync(blockId, pending, cancellationToken: cancellationToken);
        blockIds.Add(blockId);
        pending.SetLength(0);
    }
}
