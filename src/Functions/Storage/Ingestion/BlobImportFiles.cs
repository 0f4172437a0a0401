using System.Runtime.CompilerServices;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;
using Azure.Storage.Sas;
using CertFunctions.Core;
using CertFunctions.Core.Ingestion;
using CertFunctions.Core.Ingestion.Csv;

namespace CertFunctions.Functions.Storage.Ingestion;

/// <summary>Files as blobs: dropped ones, their archive, the reports, and in container <c>jobs</c> the text of those that are not UTF-8.</summary>
internal sealed class BlobImportFiles(
    BlobContainerClient drop, BlobContainerClient archive, BlobContainerClient reports, BlobContainerClient jobs) : IImportFiles
{
    /// <summary>Only those of the turn before can lie there.</summary>
    private const int TurnsToldApart = 10;

    private static readonly TimeSpan CopyPoll = TimeSpan.FromMilliseconds(200);

    public async Task<DroppedFile?> FindDroppedAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            var found = (await drop.GetBlobClient(path).GetPropertiesAsync(cancellationToken: cancellationToken)).Value;
            return new DroppedFile(path, RevisionOf(found.ETag), HashOf(found.ContentHash), found.ContentLength, found.LastModified) { Options = ImportOptions.Of(found.Metadata) };
        }
        catch (RequestFailedException e) when (e.Status is 404 or 400)
        {
            return null;
        }
    }

    /// <summary>Signed with the account's key where the app has it, else with one that storage makes for the app's identity.</summary>
    public async Task<Uri> GrantDropAsync(string path, DateTimeOffset from, DateTimeOffset until, CancellationToken cancellationToken)
    {
        var blob = drop.GetBlobClient(path);
        var mayWrite = new BlobSasBuilder(BlobSasPermissions.Create | BlobSasPermissions.Write, until)
        {
            BlobContainerName = drop.Name,
            BlobName = path,
            Resource = "b",
            StartsOn = from,
            Protocol = blob.Uri.Scheme == Uri.UriSchemeHttps ? SasProtocol.Https : SasProtocol.HttpsAndHttp,
        };
        if (blob.CanGenerateSasUri)
        {
            return blob.GenerateSasUri(mayWrite);
        }

        var key = await drop.GetParentBlobServiceClient().GetUserDelegationKeyAsync(from, until, cancellationToken);
        return new BlobUriBuilder(blob.Uri) { Sas = mayWrite.ToSasQueryParameters(key, drop.AccountName) }.ToUri();
    }

    public async IAsyncEnumerable<DroppedFile> ListDroppedAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var blob in drop.GetBlobsAsync(new GetBlobsOptions { Traits = BlobTraits.Metadata }, cancellationToken))
        {
            var about = blob.Properties;
            yield return new DroppedFile(
                blob.Name, RevisionOf(about.ETag!.Value), HashOf(about.ContentHash), about.ContentLength!.Value, about.LastModified!.Value)
            {
                Options = ImportOptions.Of(blob.Metadata),
            };
        }
    }

    public async Task<bool> TryArchiveAsync(DroppedFile file, string archived, CancellationToken cancellationToken)
    {
        var target = archive.GetBlobClient(archived);
        var onlyOnce = new BlobCopyFromUriOptions
        {
            SourceConditions = new BlobRequestConditions { IfMatch = new ETag(file.Revision) },
            DestinationConditions = new BlobRequestConditions { IfNoneMatch = ETag.All },
        };
        try
        {
            await target.StartCopyFromUriAsync(drop.GetBlobClient(file.Path).Uri, onlyOnce, cancellationToken);
        }
        catch (RequestFailedException e) when (e.Status is 404 or 409 or 412)
        {
            // Either somebody else copies it, or did; or it is another file by now, or gone: then there is no copy.
            if (!await target.ExistsAsync(cancellationToken))
            {
                return false;
            }
        }

        await UntilCopiedAsync(target, cancellationToken);
        return true;
    }

    /// <summary>A copy within an account is mostly done before the answer; a large one goes on behind it.</summary>
    private static async Task UntilCopiedAsync(BlobClient target, CancellationToken cancellationToken)
    {
        while ((await target.GetPropertiesAsync(cancellationToken: cancellationToken)).Value.BlobCopyStatus is { } status and not CopyStatus.Success)
        {
            if (status != CopyStatus.Pending)
            {
                await target.DeleteIfExistsAsync(cancellationToken: cancellationToken);
                throw new IOException($"The copy of a dropped file into the archive was {status}.");
            }

            await Task.Delay(CopyPoll, cancellationToken);
        }
    }

    public async Task RemoveDroppedAsync(DroppedFile file, CancellationToken cancellationToken)
    {
        try
        {
            await drop.GetBlobClient(file.Path).DeleteIfExistsAsync(
                DeleteSnapshotsOption.IncludeSnapshots, new BlobRequestConditions { IfMatch = new ETag(file.Revision) }, cancellationToken);
        }
        catch (RequestFailedException e) when (e.Status == 412)
        {
            // Written over meanwhile: another file, which is ingested by itself.
        }
    }

    public Task<ReadOnlyMemory<byte>> ReadAsync(string archived, long offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(archive.GetBlobClient(archived), offset, count, cancellationToken);

    public Task<ReadOnlyMemory<byte>> ReadTextAsync(JobId id, ImportFile file, long offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(file.Format!.IsUtf8 ? archive.GetBlobClient(file.Archive) : jobs.GetBlobClient(TextOf(id)), offset, count, cancellationToken);

    public async Task PrepareTextAsync(JobId id, ImportFile file, CsvFormat format, CancellationToken cancellationToken)
    {
        if (format.IsUtf8)
        {
            return;
        }

        await using var original = await archive.GetBlobClient(file.Archive).OpenReadAsync(cancellationToken: cancellationToken);
        await using var text = format.Utf8Stream(original);
        await using var blocks = new BlobBlocks(jobs.GetBlockBlobClient(TextOf(id)));
        await text.CopyToAsync(blocks, cancellationToken);
        await blocks.CompleteAsync(cancellationToken);
    }

    /// <summary>A part is a block of the blob, and known by its number: who writes it again, or at the same time, writes the same.</summary>
    public async Task<int> CountReportPartsAsync(ReportDraft report, CancellationToken cancellationToken)
    {
        try
        {
            var written = (await BlobOf(report).GetBlockListAsync(BlockListTypes.All, cancellationToken: cancellationToken)).Value;
            var blocks = written.CommittedBlocks.Concat(written.UncommittedBlocks).Select(block => block.Name).ToHashSet();
            return Enumerable.Range(0, blocks.Count + 1).First(part => !blocks.Contains(PartIdOf(report, part)));
        }
        catch (RequestFailedException e) when (e.Status == 404)
        {
            return 0;
        }
    }

    public Task WriteReportPartAsync(ReportDraft report, int part, Stream content, CancellationToken cancellationToken) =>
        BlobOf(report).StageBlockAsync(PartIdOf(report, part), content, cancellationToken: cancellationToken);

    public Task CompleteReportAsync(ReportDraft report, int parts, CancellationToken cancellationToken) =>
        BlobOf(report).CommitBlockListAsync(Enumerable.Range(0, parts).Select(part => PartIdOf(report, part)), cancellationToken: cancellationToken);

    public async Task<Stream?> FindReportAsync(JobId id, ImportFile file, CancellationToken cancellationToken)
    {
        try
        {
            return (await reports.GetBlobClient(file.ReportOf(id.Value)).DownloadStreamingAsync(cancellationToken: cancellationToken)).Value.Content;
        }
        catch (RequestFailedException e) when (e.Status == 404)
        {
            return null;
        }
    }

    private static async Task<ReadOnlyMemory<byte>> ReadAsync(BlobClient blob, long offset, int count, CancellationToken cancellationToken)
    {
        if (count == 0)
        {
            return ReadOnlyMemory<byte>.Empty;
        }

        try
        {
            var range = new BlobDownloadOptions { Range = new HttpRange(offset, count) };
            return (await blob.DownloadContentAsync(range, cancellationToken)).Value.Content.ToMemory();
        }
        catch (RequestFailedException e) when (e.Status == 416)
        {
            // Behind the end, or an empty blob.
            return ReadOnlyMemory<byte>.Empty;
        }
    }

    /// <summary>
    /// Other blocks may lie there: those of the turn before, and those of an older app, which wrote the report in one go and may have died of it.
    /// </summary>
    private static string PartIdOf(ReportDraft report, int part) => BlobBlocks.IdOf((char)('p' + (report.Turn % TurnsToldApart)), part);

    private BlockBlobClient BlobOf(ReportDraft report) => reports.GetBlockBlobClient(report.Path);

    private static string TextOf(JobId id) => $"{id}/text.csv";

    /// <summary>Lists name it without the quotes that it has elsewhere.</summary>
    private static string RevisionOf(ETag revision) => revision.ToString("H");

    private static string? HashOf(byte[]? hash) => hash is null ? null : Convert.ToHexStringLower(hash);
}
