using System.Text;
using Azure.Storage.Blobs.Specialized;
using CertFunctions.Core;
using CertFunctions.Core.Ingestion;
using CertFunctions.Core.Ingestion.Csv;
using CertFunctions.Functions.Storage;
using CertFunctions.Functions.Storage.Ingestion;
using CertFunctions.Testing;
using CertFunctions.Testing.Fakes;
using CertFunctions.TestWorlds.Storage;

namespace CertFunctions.Functions.Tests.Storage.Ingestion;

/// <summary>What every store of dropped files, archive and reports promises.</summary>
public abstract class ImportFilesContract
{
    private static readonly byte[] Content = "user_id,username\n1,zoë\n"u8.ToArray();

    private readonly string path = $"awards/{Guid.NewGuid():n} \U0001F525 #%2F.csv";
    private readonly JobId id = JobId.New(Sample.Now);

    protected JobId Id => id;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private string Archived => $"{path}.{id}";

    protected abstract Task<IImportFiles> FilesAsync();

    /// <summary>As whoever has nothing but the storage does it.</summary>
    protected abstract Task DropAsync(string path, byte[] content);

    [Fact]
    public async Task Finds_what_was_dropped()
    {
        var files = await FilesAsync();
        Assert.Null(await files.FindDroppedAsync(path, Cancellation));

        var first = await DroppedAsync(files, Content);
        var again = await DroppedAsync(files, Content);
        var other = await DroppedAsync(files, [.. Content, 10]);

        Assert.Equal((path, Content.Length), (first.Path, first.Length));
        Assert.Equal(first.ContentHash, again.ContentHash);
        Assert.NotEqual(first.ContentHash, other.ContentHash);
        Assert.Distinct([first.Revision, again.Revision, other.Revision]);
    }

    [Fact]
    public async Task Lists_what_was_dropped_as_it_is_found()
    {
        var files = await FilesAsync();
        var dropped = await DroppedAsync(files, Content);

        var listed = await files.ListDroppedAsync(Cancellation).Where(file => file.Path == path).ToListAsync(Cancellation);

        Assert.Equal([dropped], listed);
    }

    [Fact]
    public async Task Archives_a_file_once_and_as_it_was()
    {
        var files = await FilesAsync();
        var dropped = await DroppedAsync(files, Content);

        Assert.True(await files.TryArchiveAsync(dropped, Archived, Cancellation));
        await files.RemoveDroppedAsync(dropped, Cancellation);
        await DroppedAsync(files, [1]);

        Assert.True(await files.TryArchiveAsync(dropped, Archived, Cancellation));
        Assert.Equal(Content, (await files.ReadAsync(Archived, 0, 1_000, Cancellation)).ToArray());
    }

    [Fact]
    public async Task Does_not_archive_what_is_another_file_by_now_or_gone()
    {
        var files = await FilesAsync();
        var dropped = await DroppedAsync(files, Content);
        var other = await DroppedAsync(files, [1]);

        Assert.False(await files.TryArchiveAsync(dropped, Archived, Cancellation));
        await files.RemoveDroppedAsync(other, Cancellation);
        Assert.False(await files.TryArchiveAsync(other, Archived, Cancellation));
    }

    [Fact]
    public async Task Removes_no_other_file_than_the_one_that_was_found()
    {
        var files = await FilesAsync();
        var dropped = await DroppedAsync(files, Content);
        var other = await DroppedAsync(files, [1]);

        await files.RemoveDroppedAsync(dropped, Cancellation);
        Assert.Equal(other, await files.FindDroppedAsync(path, Cancellation));

        await files.RemoveDroppedAsync(other, Cancellation);
        await files.RemoveDroppedAsync(other, Cancellation);
        Assert.Null(await files.FindDroppedAsync(path, Cancellation));
    }

    [Theory]
    [InlineData(0, 4, "user")]
    [InlineData(5, 2, "id")]
    [InlineData(19, 1_000, "zo\u00EB\n")]
    [InlineData(19, 5, "zo\u00EB\n")]
    [InlineData(24, 10, "")]
    [InlineData(25, 10, "")]
    [InlineData(3, 0, "")]
    public async Task Reads_a_part_of_a_file_and_nothing_behind_its_end(long offset, int count, string expected)
    {
        var files = await FilesAsync();
        await files.TryArchiveAsync(await DroppedAsync(files, Content), Archived, Cancellation);

        Assert.Equal(expected, Encoding.UTF8.GetString((await files.ReadAsync(Archived, offset, count, Cancellation)).Span));
        Assert.Equal(expected, Encoding.UTF8.GetString((await files.ReadTextAsync(id, FileOf(Encoding.UTF8), offset, count, Cancellation)).Span));
    }

    [Fact]
    public async Task Reads_nothing_of_an_empty_file()
    {
        var files = await FilesAsync();
        await files.TryArchiveAsync(await DroppedAsync(files, []), Archived, Cancellation);

        Assert.True((await files.ReadAsync(Archived, 0, 1_000, Cancellation)).IsEmpty);
    }

    [Fact]
    public async Task Makes_UTF_8_of_another_encoding()
    {
        var files = await FilesAsync();
        var text = string.Concat(Enumerable.Repeat("zo\u00EB \U0001F525\n", 10_000));
        await files.TryArchiveAsync(await DroppedAsync(files, Encoding.Unicode.GetBytes(text)), Archived, Cancellation);
        var file = FileOf(Encoding.Unicode);

        await files.PrepareTextAsync(id, file, file.Format!, Cancellation);
        await files.PrepareTextAsync(id, file, file.Format!, Cancellation);

        var expected = Encoding.UTF8.GetBytes(text);
        Assert.Equal(expected, (await files.ReadTextAsync(id, file, 0, expected.Length + 1, Cancellation)).ToArray());
        Assert.Equal(expected[^3..], (await files.ReadTextAsync(id, file, expected.Length - 3, 100, Cancellation)).ToArray());
    }

    [Fact]
    public async Task There_is_no_report_before_it_is_complete_and_its_parts_tell_how_far_it_has_come()
    {
        var files = await FilesAsync();
        var file = FileOf(Encoding.UTF8);
        var report = new ReportDraft(file.ReportOf(id.Value), 0);
        var counts = new List<int>();
        foreach (var part in new[] { 0, 2, 1, 1 })
        {
            counts.Add(await files.CountReportPartsAsync(report, Cancellation));
            await files.WriteReportPartAsync(report, part, new MemoryStream([(byte)part, .. Content]), Cancellation);
        }

        Assert.Null(await files.FindReportAsync(id, file, Cancellation));
        Assert.Equal([0, 1, 1, 3], counts);

        foreach (var _ in Enumerable.Range(0, 2))
        {
            await files.CompleteReportAsync(report, 3, Cancellation);
            Assert.Equal([0, .. Content, 1, .. Content, 2, .. Content], await ReportAsync(files, file));
            Assert.Equal(3, await files.CountReportPartsAsync(report, Cancellation));
        }
    }

    [Fact]
    public async Task The_report_of_a_retry_takes_the_place_of_the_one_before_when_it_is_complete()
    {
        var files = await FilesAsync();
        var file = FileOf(Encoding.UTF8);
        foreach (var turn in Enumerable.Range(0, 12))
        {
            var report = new ReportDraft(file.ReportOf(id.Value), turn);
            Assert.Equal(0, await files.CountReportPartsAsync(report, Cancellation));
            await files.WriteReportPartAsync(report, 0, new MemoryStream([(byte)turn]), Cancellation);
            Assert.Equal(turn == 0 ? null : (int?)turn - 1, await files.FindReportAsync(id, file, Cancellation) is null ? null : (await ReportAsync(files, file)).Single());
            await files.CompleteReportAsync(report, 1, Cancellation);
            Assert.Equal([(byte)turn], await ReportAsync(files, file));
        }
    }

    private async Task<DroppedFile> DroppedAsync(IImportFiles files, byte[] content)
    {
        await DropAsync(path, content);
        return (await files.FindDroppedAsync(path, Cancellation))!;
    }

    protected async Task<byte[]> ReportAsync(IImportFiles files, ImportFile file)
    {
        await using var report = (await files.FindReportAsync(id, file, Cancellation))!;
        using var content = new MemoryStream();
        await report.CopyToAsync(content, Cancellation);
        return content.ToArray();
    }

    protected ImportFile FileOf(Encoding encoding) => new()
    {
        Kind = ImportKind.Awards,
        Name = path["awards/".Length..],
        Archive = Archived,
        Length = Content.Length,
        Format = new CsvFormat
        {
            Charset = encoding.WebName,
            HasByteOrderMark = false,
            Separator = ',',
            HasSeparatorLine = false,
            NewLine = "\n",
            Columns = ["user_id", "username"],
            RowsStart = 0,
            FirstLine = 1,
        },
    };
}

public sealed class FakeImportFilesTests : ImportFilesContract
{
    private readonly FakeImportFiles files = new(TimeProvider.System);

    protected override Task<IImportFiles> FilesAsync() => Task.FromResult<IImportFiles>(files);

    protected override Task DropAsync(string path, byte[] content)
    {
        files.Drop(path, content);
        return Task.CompletedTask;
    }
}

public sealed class BlobImportFilesTests : ImportFilesContract
{
    /// <summary>Before reports had parts, a process that died of one left blocks that were named by number alone.</summary>
    [Fact]
    public async Task What_an_older_app_left_of_a_report_is_no_part_of_it()
    {
        var (files, file) = (await FilesAsync(), FileOf(Encoding.UTF8));
        var blob = (await Emulator.ClientsAsync()).Container(StorageNames.Containers.ImportReports).GetBlockBlobClient(file.ReportOf(Id.Value));
        foreach (var block in new[] { "00000000", "00000001" })
        {
            await blob.StageBlockAsync(Convert.ToBase64String(Encoding.ASCII.GetBytes(block)), new MemoryStream([1, 2, 3]));
        }

        Assert.Equal(0, await files.CountReportPartsAsync(new ReportDraft(file.ReportOf(Id.Value), 0), TestContext.Current.CancellationToken));

        await files.WriteReportPartAsync(new ReportDraft(file.ReportOf(Id.Value), 0), 0, new MemoryStream([7]), TestContext.Current.CancellationToken);
        await files.CompleteReportAsync(new ReportDraft(file.ReportOf(Id.Value), 0), 1, TestContext.Current.CancellationToken);
        Assert.Equal([7], await ReportAsync(files, file));
    }

    protected override async Task<IImportFiles> FilesAsync()
    {
        var clients = await Emulator.ClientsAsync();
        return new BlobImportFiles(
            clients.Container(StorageNames.Containers.Imports),
            clients.Container(StorageNames.Containers.ImportsArchive),
            clients.Container(StorageNames.Containers.ImportReports),
            clients.Container(StorageNames.Containers.Jobs));
    }

    protected override async Task DropAsync(string path, byte[] content) =>
        await (await Emulator.ClientsAsync()).Container(StorageNames.Containers.Imports).GetBlobClient(path)
            .UploadAsync(BinaryData.FromBytes(content), overwrite: true, TestContext.Current.CancellationToken);
}
