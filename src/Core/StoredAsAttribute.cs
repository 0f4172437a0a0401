namespace CertFunctions.Core;

/// <summary>
/// The name under which one of several kinds of a record is stored: whoever reads it back finds the type by it, so it never changes. A kind
/// is registered by this alone, in the folder of its feature.
/// </summary>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class StoredAsAttribute(string name) : Attribute
{
    public string Name => name;
}
