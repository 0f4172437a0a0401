using Azure.Data.Tables;
using CertFunctions.Functions.Storage;
using CertFunctions.TestWorlds.Faults;

namespace CertFunctions.Functions.Tests.Storage;

public sealed class StoreSchemaTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_first_to_come_writes_the_version_however_many_come_at_once()
    {
        await using var world = await World.CreateAsync();

        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => SchemaOf(world).RequireAsync(Cancellation)));

        Assert.Equal(StoreSchema.Version, await SchemaOf(world).FindAsync(Cancellation));
    }

    [Theory]
    [InlineData(StoreSchema.Version + 1)]
    [InlineData(StoreSchema.Version - 1)]
    public async Task A_store_of_another_version_is_refused_and_left_as_it_is(int version)
    {
        await using var world = await World.CreateAsync();
        await PutAsync(world, version);

        var refusal = await Assert.ThrowsAsync<SchemaMismatchException>(() => SchemaOf(world).RequireAsync(Cancellation));

        Assert.Contains($"schema version {version}", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(version, await SchemaOf(world).FindAsync(Cancellation));
    }

    [Fact]
    public async Task An_instance_notices_within_a_minute_that_a_newer_app_has_taken_the_store_over()
    {
        await using var world = await World.CreateAsync();
        var schema = SchemaOf(world);
        await schema.RequireAsync(Cancellation);
        await PutAsync(world, StoreSchema.Version + 1);

        await schema.RequireAsync(Cancellation);
        world.Time.Advance(StoreSchema.TrustedFor);

        await Assert.ThrowsAsync<SchemaMismatchException>(() => schema.RequireAsync(Cancellation));
    }

    [Fact]
    public async Task A_store_without_tables_is_of_no_other_version()
    {
        await using var world = await World.CreateAsync();
        await world.Storage.Table(StorageNames.Tables.Settings).DeleteAsync(Cancellation);

        await SchemaOf(world).RequireAsync(Cancellation);

        Assert.Null(await SchemaOf(world).FindAsync(Cancellation));
    }

    private static StoreSchema SchemaOf(World world) => new(world.Storage, world.Time);

    private static async Task PutAsync(World world, int version) =>
        await world.Storage.Table(StorageNames.Tables.Settings).UpsertEntityAsync(new TableEntity("settings", "schema") { ["version"] = version }, cancellationToken: Cancellation);
}
